import { levelChannels, type ModelConfig, outputChannels } from './config';
import { type Block, blocksOf } from './layers';

/** A module of the network with an output of its own, by its name in the reference, and where its input comes from. */
export interface UNetModule {
  name: string;
  kind: 'time' | 'convolution' | 'residual' | 'attention' | 'downsample' | 'upsample';
  /** Level of the output: 0 has the size of the image, each further one half of that. */
  level: number;
  /** Height and width of the output, pixels; 1 for the time embedding. */
  size: number;
  /** Channels in, those of the skip included, and channels out. */
  inputs: number;
  outputs: number;
  /** The module whose output it gets: `x` is the noisy image, `t` the timestep. */
  from: string;
  /** The module of the way down whose output is concatenated to its input, and the channels of that. */
  skip?: { from: string; channels: number };
}

/** All modules in the order in which they run. The time embedding also goes into every residual block. */
export function modulesOf(config: ModelConfig): UNetModule[] {
  const { imageChannels, imageSize, nChannels } = config;
  const time = 4 * nChannels;
  const modules: UNetModule[] = [
    { name: 'time_emb', kind: 'time', level: 0, size: 1, inputs: nChannels, outputs: time, from: 't' },
  ];
  const skips: UNetModule['skip'][] = [];
  let level = 0;
  let from = 'x';
  const add = (
    name: string,
    kind: UNetModule['kind'],
    inputs: number,
    outputs = inputs,
    skip: UNetModule['skip'] = undefined,
  ) => {
    modules.push({
      ...{ name, kind, level, size: imageSize / 2 ** level, inputs, outputs, from },
      ...(skip && { skip }),
    });
    from = name;
  };
  const addBlock = ({ name, kind, inputs, outputs, attention }: Block, skip?: UNetModule['skip']) => {
    if (kind === 'downsample') level++;
    if (kind === 'upsample') level--;
    if (kind !== 'block') return add(name, kind, inputs, outputs);
    add(`${name}.res`, 'residual', inputs, outputs, skip);
    if (attention) add(`${name}.attn`, 'attention', outputs);
  };

  const { down, up } = blocksOf(config);
  const bottom = levelChannels(config).at(-1) as number;
  add('image_proj', 'convolution', imageChannels, nChannels);
  skips.push({ from, channels: nChannels });
  for (const block of down) {
    addBlock(block);
    skips.push({ from, channels: block.outputs });
  }
  add('middle.res1', 'residual', bottom);
  add('middle.attn', 'attention', bottom);
  add('middle.res2', 'residual', bottom);
  for (const block of up) addBlock(block, block.kind === 'block' ? skips.pop() : undefined);
  add('final', 'convolution', nChannels, outputChannels(config));
  return modules;
}
