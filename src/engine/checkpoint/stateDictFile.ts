import type { ModelConfig } from '../unet/config';
import { checkStateDict, type StateDict } from '../unet/weights';
import type { Checkpoint } from './bundle';
import { CheckpointError, parameterData } from './model';
import type { FileTensor } from './safetensors';

/** What the shapes of the parameters tell of a model; the rest does not show in any of them. */
export type ToldConfig = Pick<
  ModelConfig,
  'imageChannels' | 'nChannels' | 'chMults' | 'isAttn' | 'nBlocks' | 'nClasses'
>;
export type UntoldConfig = Omit<ModelConfig, keyof ToldConfig>;

type Shapes = ReadonlyMap<string, Pick<FileTensor, 'shape'>>;

const FIRST = 'image_proj.weight';

/** A state dict by the reference's names that has no config with it: a plain model, checked. Throws CheckpointError or StateDictError. */
export function readStateDict(tensors: ReadonlyMap<string, FileTensor>, config: ModelConfig): Checkpoint {
  const weights: StateDict = new Map(
    [...withoutPrefix(tensors)].map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: parameterData(name, tensor) },
    ]),
  );
  checkStateDict(config, weights);
  return { config, weights, ema: weights, training: undefined };
}

/**
 * The part of the config that names and shapes of a state dict tell: channels, multipliers, attention, blocks, classes.
 * Throws CheckpointError where they are not those of the reference's UNet.
 */
export function configFromShapes(all: Shapes): ToldConfig {
  const tensors = withoutPrefix(all);
  const shape = (name: string, rank: number) => {
    const found = tensors.get(name)?.shape;
    if (found?.length === rank) return found as [number, number, ...number[]];
    const what = found ? `is [${found}]` : 'is missing';
    throw new CheckpointError(`The tensors are not those of the reference's UNet: '${name}' ${what}.`);
  };
  const [nChannels, imageChannels] = shape(FIRST, 4);
  const levels: { blocks: number; channels: number; attention: boolean }[] = [newLevel(nChannels)];
  for (let index = 0; hasLayer(tensors, `down.${index}.`); index++) {
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
  };
}

function newLevel(channels: number) {
  return { blocks: 0, channels, attention: false };
}

function hasLayer(tensors: Shapes, start: string): boolean {
  return [...tensors.keys()].some((name) => name.startsWith(start));
}

/** Wrappers put a prefix before every name ("module.", "eps_model."): the names without it. */
function withoutPrefix<Tensor>(tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
  const first = [...tensors.keys()].find((name) => name === FIRST || name.endsWith(`.${FIRST}`));
  const prefix = first?.slice(0, -FIRST.length) ?? '';
  if (prefix === '') return tensors;
  // What does not have the prefix keeps its name, and is found to be no parameter.
  return new Map(
    [...tensors].map(([name, tensor]) => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      tensor,
    ]),
  );
}
