import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../../engine/data/datasets';
import type { PictureShape } from '../editing';
import type { Masked } from '../inpaintingSlice';
import type { Drawing } from '../pictureToPictureSlice';
import { whole } from '../settingsSchema';
import { historyOf } from '../undoHistory';
import { choiceGroup } from './choiceGroup';
import { packHole, packPicture, unpackHole, unpackPicture } from './packed';
import { index } from './schemas';

/** What the user draws and cuts out in the edit view; null as the page opens it. */
interface Edited {
  drawing: Drawing | null;
  masked: Masked | null;
}

interface StoredShape extends PictureShape {
  dataset: DatasetId;
}

interface Stored {
  drawing: (StoredShape & { picture: string }) | null;
  /** An example says its picture, which then is ''. */
  masked: (StoredShape & { example: number | null; picture: string; hole: string }) | null;
}

const shape = {
  dataset: v.custom<DatasetId>((id) => typeof id === 'string' && isDatasetId(id)),
  size: whole(1, 64),
  channels: v.picklist([1, 3]),
};

const pictureOf = ({ size, channels, picture }: PictureShape & { picture: string }) =>
  unpackPicture(picture, size * size * channels);

export const editedChoices = choiceGroup<Edited, Stored>({
  view: 'edit',
  titles: { drawing: 'Drawing', masked: 'Hole' },
  schema: v.object({
    drawing: v.nullable(
      v.pipe(
        v.object({ ...shape, picture: v.string() }),
        v.check((drawing) => pictureOf(drawing) !== null),
      ),
    ),
    masked: v.nullable(
      v.pipe(
        v.object({ ...shape, example: v.nullable(index), picture: v.string(), hole: v.string() }),
        v.check(({ size, hole }) => unpackHole(hole, size * size) !== null),
        v.check((masked) => (masked.example === null ? pictureOf(masked) !== null : masked.picture === '')),
      ),
    ),
  }),
  base: { drawing: null, masked: null },
  read({ store }) {
    const { pictureToPicture, inpainting } = store.getState();
    const own = <Opened extends Drawing | Masked>(opened: Opened | null) =>
      opened?.asOpened ? null : opened;
    return { drawing: own(pictureToPicture.drawing), masked: own(inpainting.masked) };
  },
  put({ store }, { drawing, masked }) {
    const { pictureToPicture, inpainting } = store.getState();
    if (drawing !== undefined) store.setState({ pictureToPicture: { ...pictureToPicture, drawing } });
    if (masked !== undefined) store.setState({ inpainting: { ...inpainting, masked } });
  },
  encode({ drawing, masked }) {
    const shapeOf = ({ dataset, size, channels }: StoredShape) => ({ dataset, size, channels });
    return {
      drawing: drawing && { ...shapeOf(drawing), picture: packPicture(drawing.history.present) },
      masked: masked && {
        ...shapeOf(masked),
        example: masked.example,
        picture: masked.example === null ? packPicture(masked.picture) : '',
        hole: packHole(masked.hole.present),
      },
    };
  },
  decode({ drawing, masked }) {
    return {
      drawing: drawing && {
        ...drawing,
        asOpened: false,
        history: historyOf(pictureOf(drawing) as Float32Array),
      },
      masked: masked && {
        ...masked,
        asOpened: false,
        picture: masked.example === null ? (pictureOf(masked) as Float32Array) : new Float32Array(),
        hole: historyOf(unpackHole(masked.hole, masked.size ** 2) as Uint8Array),
      },
    };
  },
});
