import * as v from 'valibot';
import type { Change } from '../../engine/network/changes';
import type { Predicted } from '../../engine/network/pixelGradient';
import { settingGroup } from '../../settings/group';
import { choice, custom, seed, toggle, whole } from '../../settings/kinds';
import { exampleIndex, noiseSteps } from '../../settings/rows';

export interface NetworkSettings {
  /** Index in the data set of x₀. */
  index: number;
  /** Steps of noise, 1 … T. */
  t: number;
  /** Draws ε. */
  seed: number;
  /** Whether a class-conditional model is told the class of the image. */
  tellClass: boolean;
  /** A pixel of the image, from 0. */
  row: number;
  column: number;
  /** The module that is opened, and the channel of it that is worked out. */
  block: string;
  channel: number;
  order: 'index' | 'strength';
  /** What the strongest colour of a map stands for: the largest value of its block, or of all blocks of its level. */
  scale: 'block' | 'level';
  /** Whose gradient is shown. */
  of: Predicted;
  /** Channel of that pixel: 0 of a grey image, 0 … 2 of a coloured one. */
  colour: number;
  changes: readonly Change[];
  /** Whether the health of the layers is measured while a model trains. */
  health: boolean;
}

const point = v.pipe(v.string(), v.maxLength(60), v.regex(/^[\w.]+$/));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const finite = v.pipe(v.number(), v.finite());
const change = v.object({
  point,
  channel: v.exactOptional(index),
  scale: v.exactOptional(finite),
  add: v.exactOptional(finite),
});

const place = (label: string, value: number) =>
  whole({ label, default: value, linkBase: value, min: 0, max: 1e9 });

export const networkGroup = settingGroup<NetworkSettings>(
  { id: 'network', view: 'network' },
  {
    index: exampleIndex({ label: 'Image x₀', default: 0, linkBase: 0 }),
    t: noiseSteps({ default: 300, linkBase: 300, min: 1 }),
    seed: seed({ default: 1, linkBase: 1 }),
    tellClass: toggle({ label: 'Tell the class', default: true, linkBase: true }),
    row: place('Row of the pixel', 3),
    column: place('Column of the pixel', 4),
    block: custom<string>({
      label: 'Block',
      default: 'down.0.res',
      linkBase: 'down.0.res',
      schema: point as v.GenericSchema<unknown, string>,
    }),
    channel: place('Channel', 0),
    order: choice({
      label: 'Order of channels',
      choices: { index: { title: 'Index' }, strength: { title: 'Strength' } },
      default: 'index',
      linkBase: 'index',
    }),
    scale: choice({
      label: 'Colour scale',
      choices: { block: { title: 'A block' }, level: { title: 'A level' } },
      default: 'block',
      linkBase: 'block',
    }),
    of: choice({
      label: 'Predicted pixel',
      choices: { eps: { title: 'ε̂' }, x0: { title: 'x̂_0' } },
      default: 'eps',
      linkBase: 'eps',
    }),
    colour: whole({ label: 'Colour of the pixel', default: 0, linkBase: 0, min: 0, max: 3 }),
    changes: custom<readonly Change[]>({
      label: 'Changes of the network',
      default: [],
      linkBase: [],
      schema: v.pipe(v.array(change), v.maxLength(100)) as v.GenericSchema<unknown, readonly Change[]>,
    }),
    health: toggle({ label: 'Health while training', default: false, linkBase: false }),
  },
);

/** Which checkpoint of this browser is looked into; null for the model of the next run. No link holds it: others have not got it. */
export const networkModelGroup = settingGroup<{ checkpoint: string | null }>(
  { id: 'networkModel', view: 'network', linked: false },
  {
    checkpoint: custom<string | null>({
      label: 'Checkpoint',
      default: null,
      linkBase: null,
      schema: v.nullable(v.pipe(v.string(), v.maxLength(200))),
    }),
  },
);
