import type { ModelConfig } from '../unet/config';
import { modulesOf, type UNetModule } from '../unet/modules';
import type { Weights } from '../unet/weights';
import type { Activation } from './activations';
import { type Place, placeIn } from './attentionMaps';
import { channelStatistics } from './channelStatistics';
import { convolutionOf, kernelsOf, type Product, workConvolution } from './workedConvolution';

/** What is asked of a block: its name, and a pixel of the image with a channel of the block. */
export interface BlockQuestion {
  block: string;
  place: Place;
  channel: number;
}

/** One convolution of a block at one pixel and output channel. */
export interface ConvolutionDetail {
  /** Name of the layer. */
  layer: string;
  /** The largest products, and what the others add up to. */
  products: Product[];
  rest: { count: number; sum: number };
  bias: number;
  sum: number;
  /** The kernels `[inputs, kernelSize, kernelSize]` that give the channel. */
  kernels: Float32Array;
  kernelSize: number;
}

/** A block taken apart at one pixel and channel, of the first image. */
export interface BlockDetail extends Place {
  block: string;
  channel: number;
  convolutions: ConvolutionDetail[];
  /** What the block gives there. */
  value: number;
  /** What its input is there, where the block adds to it. */
  input?: number;
  /** What the attention adds to the input there. */
  attended?: number;
  /** What the time adds to each channel after the first convolution, and how widely each varies there. */
  timeShift?: { shift: Float32Array; spread: Float32Array };
}

/** Products that are listed one by one. */
const LISTED = 16;

/** The points that blockDetail needs observed beside the module's own output. */
export function detailPoints(config: ModelConfig, block: string): string[] {
  const { kind, name } = moduleOf(config, block);
  switch (kind) {
    case 'time':
      return [];
    case 'residual':
      return ['input', 'conv1.input', 'conv1', 'time_emb', 'conv2.input'].map((part) => `${name}.${part}`);
    case 'attention':
      return [`${name}.output`];
    default:
      return layersIn(config, block).map((layer) => `${layer}.input`);
  }
}

/** Takes a block apart, from what was observed. Throws for a block, pixel or channel that is not there. */
export async function blockDetail(
  config: ModelConfig,
  weights: Weights,
  seen: ReadonlyMap<string, Activation>,
  { block, place, channel }: BlockQuestion,
): Promise<BlockDetail | undefined> {
  const { kind, size, outputs, inputs } = moduleOf(config, block);
  if (kind === 'time') return undefined;
  if (!Number.isInteger(channel) || channel < 0 || channel >= outputs)
    throw new Error(`The channel of '${block}' must be from 0 to ${outputs - 1}, not ${channel}.`);
  const at = placeIn(size, config, place);
  const value = (point: string) => valueAt(seen.get(point) as Activation, { ...at, channel });
  const convolutions = await Promise.all(
    layersIn(config, block).map(async (layer) => {
      const matrix = (await weights.get(layer)?.data()) as Float32Array;
      // A shortcut gets what the block gets.
      const input = layer.endsWith('.shortcut') ? `${block}.input` : `${layer}.input`;
      return detailOf(config, layer, matrix, seen.get(input) as Activation, { ...at, channel });
    }),
  );
  const detail: BlockDetail = { block, channel, ...at, convolutions, value: value(block) };
  if (kind === 'attention') {
    detail.attended = value(`${block}.output`);
    detail.input = detail.value - detail.attended;
  }
  if (kind === 'residual') {
    if (inputs === outputs) detail.input = value(`${block}.input`);
    const shifts = seen.get(`${block}.time_emb`) as Activation;
    const spreads = channelStatistics(seen.get(`${block}.conv1`) as Activation).map(({ spread }) => spread);
    detail.timeShift = { shift: shifts.data.slice(0, outputs), spread: Float32Array.from(spreads) };
  }
  return detail;
}

function moduleOf(config: ModelConfig, name: string): UNetModule {
  const found = modulesOf(config).find((module) => module.name === name);
  if (!found) throw new Error(`The network has no block '${name}'.`);
  return found;
}

/** Names of the convolutions of a block. */
function layersIn(config: ModelConfig, block: string): string[] {
  const { kind, inputs, outputs } = moduleOf(config, block);
  switch (kind) {
    case 'residual':
      return ['conv1', 'conv2', ...(inputs === outputs ? [] : ['shortcut'])].map(
        (part) => `${block}.${part}`,
      );
    case 'downsample':
    case 'upsample':
      return [`${block}.conv`];
    case 'convolution':
      return [block];
    default:
      return [];
  }
}

function detailOf(
  config: ModelConfig,
  layer: string,
  matrix: Float32Array,
  input: Activation,
  at: Place & { channel: number },
): ConvolutionDetail {
  const { products, bias, sum } = workConvolution(config, layer, matrix, input, { image: 0, ...at });
  const others = products.slice(LISTED);
  return {
    layer,
    products: products.slice(0, LISTED),
    rest: { count: others.length, sum: others.reduce((total, { product }) => total + product, 0) },
    bias,
    sum,
    kernels: kernelsOf(config, layer, matrix, at.channel),
    kernelSize: convolutionOf(config, layer).size,
  };
}

function valueAt({ shape, data }: Activation, { row, column, channel }: Place & { channel: number }): number {
  const [, , height, width] = shape as [number, number, number, number];
  return data[(channel * height + row) * width + column] as number;
}
