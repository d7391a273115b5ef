import * as Comlink from 'comlink';
import { Collection } from './collection';
import { decodeImage } from './decodeImage';
import type { ImportApi } from './protocol';

const collection = new Collection(decodeImage);

const api: ImportApi = {
  addFiles: (files, limit, tell) => collection.addFiles(files, limit, tell),
  readAgain: (answers, limit, tell) => collection.readAgain(answers, limit, tell),
  addImages: (images) => collection.addImages(images),
  removeImage: (index) => collection.removeImage(index),
  setAppearance: (appearance) => collection.setAppearance(appearance),
  async build(shape) {
    const built = await collection.build(shape);
    return Comlink.transfer(built, [built.levels.buffer as ArrayBuffer, built.labels.buffer as ArrayBuffer]);
  },
};

Comlink.expose(api);
