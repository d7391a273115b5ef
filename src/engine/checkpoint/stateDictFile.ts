import type { Architecture, ModelConfig } from '../unet/config';
import { CheckpointError } from './model';

/** What no shape of a parameter tells of a model. */
export type MissingConfig = Omit<ModelConfig, keyof Architecture>;
/** What the shapes of the parameters tell of a model, and clues to the rest. */
export type InferredConfig = Architecture & { clues?: Partial<MissingConfig> };

type Shapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** Layers a side that a config of the largest numbers of levels and blocks has. */
const MOST_LAYERS = 8 * (8 + 1);

/**
 * The part of the config that names and shapes of a state dict tell: channels, multipliers, attention, blocks, classes.
 * Throws CheckpointError where they are not those of the reference's U-Net.
 */
export function configFromShapes(tensors: Shapes): Architecture {
  const shape = (name: string, rank: number) => {
    const found = tensors.get(name)?.shape;
    if (found?.length === rank) return found as [number, number, ...number[]];
    const what = found ? `is [${found}]` : 'is missing';
    throw new CheckpointError(`The tensors are not those of the reference's U-Net: '${name}' ${what}.`);
  };
  const [nChannels, imageChannels] = shape('image_proj.weight', 4);
  const levels: { blocks: number; channels: number; attention: boolean }[] = [newLevel(nChannels)];
  const layers = new Set(Array.from(tensors.keys(), (name) => name.split('.', 2).join('.')));
  for (let index = 0; layers.has(`down.${index}`); index++) {
    if (index === MOST_LAYERS)
      throw new CheckpointError(`It has more than ${MOST_LAYERS} layers on the way down.`);
    const level = levels.at(-1) as ReturnType<typeof newLevel>;
    const name = `down.${index}`;
    if (tensors.has(`${name}.conv.weight`)) levels.push(newLevel(level.channels));
    else {
      [level.channels] = shape(`${name}.res.conv1.weight`, 4);
      level.attention = tensors.has(`${name}.attn.projection.weight`);
      level.blocks++;
    }
  }
  const nBlocks = levels[0]?.blocks ?? 0;
  if (nBlocks === 0 || levels.some(({ blocks }) => blocks !== nBlocks)) {
    const counts = levels.map(({ blocks }) => blocks).join(', ');
    throw new CheckpointError(
      `The levels have ${counts} residual blocks, but all must have the same number.`,
    );
  }
  const chMults = levels.map(({ channels }, level) => {
    const before = levels[level - 1]?.channels ?? nChannels;
    if (channels % before === 0) return channels / before;
    throw new CheckpointError(
      `Level ${level + 1} has ${channels} channels, which is no multiple of the ${before} before it.`,
    );
  });
  const nClasses = tensors.has('class_emb.weight') ? shape('class_emb.weight', 2)[1] - 1 : 0;
  return {
    imageChannels,
    nChannels,
    chMults,
    isAttn: levels.map((level) => level.attention),
    nBlocks,
    nClasses,
    learnedVariance: shape('final.weight', 4)[0] === 2 * imageChannels,
  };
}

function newLevel(channels: number) {
  return { blocks: 0, channels, attention: false };
}
