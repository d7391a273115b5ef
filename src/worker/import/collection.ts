import { buildPictures, suitableShape } from '../../engine/data/import/buildDataset';
import type { Crop } from '../../engine/data/import/crop';
import { type DecodeImage, isImage, readPictures } from '../../engine/data/import/importPictures';
import { ImportError, type ImportedPicture, limits } from '../../engine/data/import/pixels';
import type { PictureShape } from '../../engine/data/import/resample';
import type { NamedFile } from '../../engine/data/import/unpack';
import type { AddedFiles, Collected, ImportApi, PickedFile } from './protocol';

/** Small pictures are read faster than the page can be told of each. */
const TELL_EVERY_MS = 30;

/** Pictures that a crop is tried on. */
const EXAMPLES = 4;

/** Pictures on their way to a data set, as they came: crop, size and channels are chosen at the end. */
export class Collection implements ImportApi {
  #pictures: ImportedPicture[] = [];
  #crop: Crop = 'centre';
  #decode: DecodeImage;

  constructor(decode: DecodeImage) {
    this.#decode = decode;
  }

  async addFiles(
    files: readonly PickedFile[],
    tell: (done: number, total: number) => unknown,
  ): Promise<AddedFiles> {
    const refused: string[] = [];
    const refuse = (error: ImportError) => refused.push(error.message);
    const images = files.filter(isImage);
    const others = files.filter((file) => !isImage(file));
    const read: ImportedPicture[] = [];
    let wanted = true;
    let told = Number.NEGATIVE_INFINITY;
    const goesOn = async (done: number, total: number) => {
      if (performance.now() - told < TELL_EVERY_MS) return wanted;
      told = performance.now();
      wanted = (await tell(done, total)) !== false;
      return wanted;
    };
    // One at a time: the files of a folder of photographs do not fit into memory together.
    for (const [index, image] of images.entries()) {
      if (!(await goesOn(index, files.length))) break;
      read.push(...(await readPictures(await opened([image], refuse), this.#decode, { refuse })));
    }
    if (wanted && others.length > 0 && (await goesOn(images.length, files.length))) {
      // Together, because labels lie beside their pictures.
      const more = await opened(others, refuse);
      for (const picture of await readPictures(more, this.#decode, { refuse, tell: goesOn }))
        read.push(picture);
    }
    wanted &&= (await tell(files.length, files.length)) !== false;
    const tooMany = this.#pictures.length + read.length - limits.pictures;
    if (tooMany > 0) {
      refused.push(`${tooMany} pictures were left out: ${limits.pictures} are as many as are kept.`);
      read.splice(-tooMany);
    }
    if (wanted) this.#pictures = this.#pictures.concat(read);
    return { ...this.#collected(), added: wanted ? read.length : 0, refused: wanted ? refused : [] };
  }

  async addPictures(pictures: ImportedPicture[]): Promise<Collected> {
    this.#pictures = this.#pictures.concat(pictures);
    return this.#collected();
  }

  async removePicture(index: number): Promise<Collected> {
    this.#pictures = this.#pictures.filter((_, other) => other !== index);
    return this.#collected();
  }

  async setCrop(crop: Crop): Promise<Collected> {
    this.#crop = crop;
    return this.#collected();
  }

  async build(shape: PictureShape) {
    return buildPictures(this.#pictures, shape, this.#crop);
  }

  #collected(): Collected {
    return {
      count: this.#pictures.length,
      suitable: suitableShape(this.#pictures, this.#crop),
      // Copies: what is sent of an array takes all of its buffer along.
      examples: this.#pictures
        .slice(0, EXAMPLES)
        .map(({ bitmap }) => ({ ...bitmap, pixels: bitmap.pixels.slice() })),
    };
  }
}

async function opened(
  files: readonly PickedFile[],
  refuse: (error: ImportError) => void,
): Promise<NamedFile[]> {
  const open = async ({ name, file }: PickedFile) => {
    if (file.size > limits.bytes) {
      refuse(new ImportError(`${name} is larger than ${limits.bytes / 2 ** 20} MB: take fewer pictures.`));
      return [];
    }
    try {
      return [{ name, bytes: new Uint8Array(await file.arrayBuffer()) }];
    } catch {
      refuse(new ImportError(`${name} could not be opened: it may have been moved or deleted meanwhile.`));
      return [];
    }
  };
  return (await Promise.all(files.map(open))).flat();
}
