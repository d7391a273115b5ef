import { type Architecture, levelChannels, outputChannels } from './config';

/** One layer of the network: its name in the reference, and what kind of weight it has. */
export interface Layer {
  name: string;
  kind: 'conv1' | 'conv3' | 'convTranspose' | 'linear' | 'norm';
  inputs: number;
  outputs: number;
  /** False for the norm of an attention block, which the reference has but never applies: it gets no gradient. */
  trained: boolean;
}

/** Where a block stands: `down.3`, its channels, and whether it ends in attention. */
export interface Block {
  kind: 'block' | 'downsample' | 'upsample';
  name: string;
  inputs: number;
  outputs: number;
  attention: boolean;
}

/** The blocks of the way down and the way up, in the order in which they run. */
export function blocksOf(config: Architecture): { down: Block[]; up: Block[] } {
  const { nChannels, chMults, isAttn, nBlocks } = config;
  const last = chMults.length - 1;
  const levels = levelChannels(config);
  const down: Block[] = [];
  const up: Block[] = [];
  const add = (
    list: Block[],
    side: string,
    kind: Block['kind'],
    inputs: number,
    outputs: number,
    attention = false,
  ) => list.push({ kind, name: `${side}.${list.length}`, inputs, outputs, attention });

  let channels = nChannels;
  levels.forEach((outputs, level) => {
    for (let block = 0; block < nBlocks; block++) {
      add(down, 'down', 'block', channels, outputs, isAttn[level]);
      channels = outputs;
    }
    if (level < last) add(down, 'down', 'downsample', channels, channels);
  });
  for (let level = last; level >= 0; level--) {
    const outputs = levels[level - 1] ?? nChannels;
    for (let block = 0; block < nBlocks; block++)
      add(up, 'up', 'block', 2 * channels, channels, isAttn[level]);
    add(up, 'up', 'block', channels + outputs, outputs, isAttn[level]);
    channels = outputs;
    if (level > 0) add(up, 'up', 'upsample', channels, channels);
  }
  return { down, up };
}

/** Names of the residual blocks, in the order in which they run. */
export function residualBlocks(config: Architecture): string[] {
  const { down, up } = blocksOf(config);
  const named = (blocks: Block[]) =>
    blocks.flatMap(({ kind, name }) => (kind === 'block' ? [`${name}.res`] : []));
  return [...named(down), 'middle.res1', 'middle.res2', ...named(up)];
}

/** Every layer, in the order of the reference's state dict. */
export function layersOf(config: Architecture): Layer[] {
  const layers: Layer[] = [];
  const time = 4 * config.nChannels;
  const add = (name: string, kind: Layer['kind'], inputs: number, outputs = inputs, trained = true) =>
    layers.push({ name, kind, inputs, outputs, trained });

  const residual = (name: string, inputs: number, outputs: number) => {
    add(`${name}.norm1`, 'norm', inputs);
    add(`${name}.conv1`, 'conv3', inputs, outputs);
    add(`${name}.norm2`, 'norm', outputs);
    add(`${name}.conv2`, 'conv3', outputs, outputs);
    if (inputs !== outputs) add(`${name}.shortcut`, 'conv1', inputs, outputs);
    add(`${name}.time_emb`, 'linear', time, outputs);
  };
  const attention = (name: string, channels: number) => {
    add(`${name}.norm`, 'norm', channels, channels, false);
    add(`${name}.projection`, 'linear', channels, 3 * channels);
    add(`${name}.output`, 'linear', channels, channels);
  };
  const block = ({ kind, name, inputs, outputs, attention: attends }: Block) => {
    if (kind === 'downsample') add(`${name}.conv`, 'conv3', inputs, outputs);
    else if (kind === 'upsample') add(`${name}.conv`, 'convTranspose', inputs, outputs);
    else {
      residual(`${name}.res`, inputs, outputs);
      if (attends) attention(`${name}.attn`, outputs);
    }
  };

  const { down, up } = blocksOf(config);
  const bottom = levelChannels(config).at(-1) as number;
  add('image_proj', 'conv3', config.imageChannels, config.nChannels);
  add('time_emb.lin1', 'linear', config.nChannels, time);
  add('time_emb.lin2', 'linear', time, time);
  if (config.nClasses > 0) add('class_emb', 'linear', config.nClasses + 1, time);
  down.forEach(block);
  residual('middle.res1', bottom, bottom);
  attention('middle.attn', bottom);
  residual('middle.res2', bottom, bottom);
  up.forEach(block);
  add('norm', 'norm', config.nChannels);
  add('final', 'conv3', config.nChannels, outputChannels(config));
  return layers;
}

/** Shape of a layer's weight in the reference: OIHW, `[out, in]`, `[in, out, 4, 4]`, or `[channels]`. */
export function weightShape({ kind, inputs, outputs }: Layer): number[] {
  switch (kind) {
    case 'conv1':
      return [outputs, inputs, 1, 1];
    case 'conv3':
      return [outputs, inputs, 3, 3];
    case 'convTranspose':
      return [inputs, outputs, 4, 4];
    case 'linear':
      return [outputs, inputs];
    case 'norm':
      return [outputs];
  }
}

/** Rows of weight in the engine's matrix of a layer; one row of bias follows. */
export function weightRows({ kind, inputs }: Layer): number {
  return { conv1: inputs, conv3: 9 * inputs, convTranspose: 16 * inputs, linear: inputs, norm: 1 }[kind];
}

/** Number of parameters, as the reference counts them (weights and biases, the unused norms too). */
export function parameterCount(config: Architecture): number {
  return layersOf(config).reduce((sum, layer) => sum + (weightRows(layer) + 1) * layer.outputs, 0);
}
