import * as v from 'valibot';
import type { LoadedDataset } from '../../engine/data/datasets';
import { type DatasetId, isDatasetId } from '../../engine/data/datasets';
import { settingGroup } from '../../settings/group';
import { custom } from '../../settings/kinds';
import { dataImage, type ImageShape, isOf } from '../../store/editing';
import { amended, changed, historyOf, type UndoHistory } from '../../store/undoHistory';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { lowerHalf } from './inpainting/holes';
import { packHole, packImage, unpackHole, unpackImage } from './packed';

/** An image that was drawn on, for the model of one data set. */
export interface Drawing extends ImageShape {
  dataset: DatasetId;
  history: UndoHistory<Float32Array>;
}

/** An image, and the hole that is to be drawn anew. */
export interface Masked extends ImageShape {
  dataset: DatasetId;
  /** Index in the data set where it is one of its images; null where it was drawn. */
  example: number | null;
  /** HWC; empty until the data set of the example has come. */
  image: Float32Array;
  /** One a pixel: 1 in the hole, 0 where the image is kept. */
  hole: UndoHistory<Uint8Array>;
}

/** What the user draws and cuts out; null as the page opens it. */
export interface Edited {
  drawing: Drawing | null;
  masked: Masked | null;
}

interface StoredShape extends ImageShape {
  dataset: DatasetId;
}

type StoredDrawing = StoredShape & { picture: string };
/** An example says its image, which then is ''. */
type StoredMasked = StoredShape & { example: number | null; picture: string; hole: string };

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const shape = {
  dataset: v.custom<DatasetId>((id) => typeof id === 'string' && isDatasetId(id)),
  size: whole(1, 64),
  channels: v.picklist([1, 3]),
};

const imageOf = ({ size, channels, picture }: ImageShape & { picture: string }) =>
  unpackImage(picture, size * size * channels);
const shapeOf = ({ dataset, size, channels }: StoredShape) => ({ dataset, size, channels });

export const editedGroup = settingGroup<Edited, 'drawing' | 'masked'>(
  { id: 'edited', view: 'edit' },
  {
    drawing: custom<Drawing | null, StoredDrawing | null>({
      label: 'Drawing',
      default: null,
      linkBase: null,
      schema: v.nullable(
        v.pipe(
          v.object({ ...shape, picture: v.string() }),
          v.check((drawing) => imageOf(drawing) !== null),
        ),
      ),
      encode: (drawing) => drawing && { ...shapeOf(drawing), picture: packImage(drawing.history.present) },
      decode: (drawing) =>
        drawing && { ...shapeOf(drawing), history: historyOf(imageOf(drawing) as Float32Array) },
    }),
    masked: custom<Masked | null, StoredMasked | null>({
      label: 'Hole',
      default: null,
      linkBase: null,
      schema: v.nullable(
        v.pipe(
          v.object({
            ...shape,
            example: v.nullable(whole(0, 1e9)),
            picture: v.string(),
            hole: v.string(),
          }),
          v.check(({ size, hole }) => unpackHole(hole, size * size) !== null),
          v.check((masked) => (masked.example === null ? imageOf(masked) !== null : masked.picture === '')),
        ),
      ),
      encode: (masked) =>
        masked && {
          ...shapeOf(masked),
          example: masked.example,
          picture: masked.example === null ? packImage(masked.image) : '',
          hole: packHole(masked.hole.present),
        },
      decode: (masked) =>
        masked && {
          ...shapeOf(masked),
          example: masked.example,
          image: masked.example === null ? (imageOf(masked) as Float32Array) : new Float32Array(),
          hole: historyOf(unpackHole(masked.hole, masked.size ** 2) as Uint8Array),
        },
    }),
  },
);

type Needs = Pick<ValuesSlice, 'values' | 'put'> & { dataset: { data: LoadedDataset | null } };

/** Examples that are there on arrival. */
const first = { drawing: 3, masked: 8 };

/** What is drawn on: the user's drawing, or an image of the data set as the page opens it; none before there is data. */
export function drawingOf(state: Omit<Needs, 'put'>): Drawing | null {
  const { data } = state.dataset;
  const { drawing } = valuesOf(state, editedGroup);
  if (!data || isOf(data, drawing)) return drawing;
  return once(data, drawing, 'drawing', () => ({
    ...shapeOfData(data),
    history: historyOf(dataImage(data, first.drawing)),
  }));
}

/** What is filled in: the user's image and hole, or those that the page opens with; none before there is data. */
export function maskedOf(state: Omit<Needs, 'put'>): Masked | null {
  const { data } = state.dataset;
  const { masked } = valuesOf(state, editedGroup);
  if (!data || (isOf(data, masked) && masked.image.length > 0)) return masked;
  return once(data, masked, 'masked', () => {
    const shape = shapeOfData(data);
    const example = (isOf(data, masked) ? masked.example : null) ?? first.masked;
    const hole = masked?.size === shape.size ? masked.hole : historyOf(lowerHalf(shape.size));
    return { ...shape, example, image: dataImage(data, example), hole };
  });
}

/** Another state of the drawing: a stroke, an undo, a chosen image. */
export function changeDrawing(
  state: Needs,
  next: (history: UndoHistory<Float32Array>) => UndoHistory<Float32Array>,
): void {
  const drawing = drawingOf(state);
  if (drawing) state.put(editedGroup, { drawing: { ...drawing, history: next(drawing.history) } });
}

/** Another state of the hole. */
export function changeHole(
  state: Needs,
  next: (history: UndoHistory<Uint8Array>) => UndoHistory<Uint8Array>,
): void {
  const masked = maskedOf(state);
  if (masked) state.put(editedGroup, { masked: { ...masked, hole: next(masked.hole) } });
}

/** Another image under the same hole. */
export function changeMaskedImage(state: Needs, image: Float32Array, example: number | null): void {
  const masked = maskedOf(state);
  if (masked) state.put(editedGroup, { masked: { ...masked, image, example } });
}

/** A stroke: a new entry of the history, or more of the one that is being made. */
export function stroke<Value>(value: Value, goesOn: boolean) {
  return (history: UndoHistory<Value>) => (goesOn ? amended(history, value) : changed(history, value));
}

function shapeOfData({ id, imageSize, channels }: LoadedDataset) {
  return { dataset: id, size: imageSize, channels };
}

/** The same object for the same data and the same value before, so that nothing draws anew. */
const opened = new WeakMap<object, Map<string, { from: object | null; made: object }>>();

function once<Made extends object>(data: object, from: object | null, name: string, make: () => Made): Made {
  const made = opened.get(data) ?? new Map<string, { from: object | null; made: object }>();
  opened.set(data, made);
  const known = made.get(name);
  if (known?.from === from) return known.made as Made;
  const fresh = make();
  made.set(name, { from, made: fresh });
  return fresh;
}
