import { countGpuBuffers } from '../src/engine/measure/gpuBuffers';
import { timed, timeInterleaved } from '../src/engine/measure/interleave';
import { MeasuredModel } from '../src/engine/measure/measuredModel';
import { totals } from '../src/engine/measure/profile';
import { recordKernels } from '../src/engine/measure/recordKernels';
import { type ModelConfig, parseModelConfig } from '../src/engine/unet/config';
import { parameterCount, stepBytes } from '../src/engine/unet/size';
import type { BenchEngine } from './engine';

/** What a train step of a model takes and moves, whatever the speed of the machine. */
export interface MemoryPoint {
  name: string;
  batchSize: number;
  parameters: number;
  gflop: number;
  dispatches: number;
  /** Bytes of the tensors that go into kernels and come out. */
  bytesMoved: number;
  /** Weights, moments, moving average, gradients and activations, counted from the shapes. */
  estimatedBytes: number;
  /** The most that the device was asked for at once, and the largest buffer; 0 where there is no device. */
  heldBytes: number;
  largestBytes: number;
  /** Median; null on a software adapter, whose time says nothing of a GPU. */
  trainStepMs: number | null;
  /** Why it could not be measured. */
  problem: string | null;
}

const modelOf = (
  imageSize: number,
  imageChannels: number,
  nChannels: number,
  chMults: number[],
  nBlocks: number,
) =>
  parseModelConfig({
    image_size: imageSize,
    image_channels: imageChannels,
    n_channels: nChannels,
    ch_mults: chMults,
    is_attn: chMults.map((_, level) => level === chMults.length - 1),
    n_blocks: nBlocks,
    n_steps: 1000,
  });

/** Those of docs/scaling.md, the smallest first; the last is that of the annotated page's faces. */
const models: [name: string, config: ModelConfig, batchSize: number][] = [
  ['32 channels, ×1 ×2, 8×8×1', modelOf(8, 1, 32, [1, 2], 1), 64],
  ['32 channels, ×1 ×2 ×2, 16×16×1', modelOf(16, 1, 32, [1, 2, 2], 1), 32],
  ['32 channels, ×1 ×2 ×2, 28×28×1', modelOf(28, 1, 32, [1, 2, 2], 1), 32],
  ['32 channels, ×1 ×2 ×2 ×2, 32×32×3', modelOf(32, 3, 32, [1, 2, 2, 2], 1), 16],
  ['32 channels, ×1 ×2 ×2 ×2, 64×64×3', modelOf(64, 3, 32, [1, 2, 2, 2], 1), 16],
  ['64 channels, ×1 ×2 ×2 ×2, two blocks, 32×32×3', modelOf(32, 3, 64, [1, 2, 2, 2], 2), 32],
  ['64 channels, ×1 ×2 ×2 ×2, two blocks, 64×64×3', modelOf(64, 3, 64, [1, 2, 2, 2], 2), 32],
  ['64 channels, ×1 ×2 ×2 ×4, two blocks, 32×32×3', modelOf(32, 3, 64, [1, 2, 2, 4], 2), 64],
];

/** Larger ones are measured on a GPU only: elsewhere a step takes minutes, or memory ends. */
const SMALL_BYTES = 2 ** 30;
const TIMING = { runs: 5, budgetMs: 5000 };

/** Takes two steps of each model on a backend of its own: the first makes what is kept, the second is counted. */
export async function* measureMemory(
  start: () => Promise<BenchEngine>,
  say: (message: string) => void,
): AsyncGenerator<MemoryPoint, void, void> {
  for (const [name, config, batchSize] of models) {
    const engine = await start();
    try {
      const large = estimate(config, batchSize) > SMALL_BYTES;
      if (large && (engine.backend !== 'webgpu' || engine.softwareAdapter)) return;
      say(`${name}, batch ${batchSize} …`);
      yield await measurePoint(engine, name, config, batchSize);
    } finally {
      await engine.stop();
    }
  }
}

async function measurePoint(
  engine: BenchEngine,
  name: string,
  config: ModelConfig,
  batchSize: number,
): Promise<MemoryPoint> {
  const { operations } = engine;
  if (!operations) throw new Error('--memory measures in Node only.');
  const parameters = parameterCount(config);
  const point: MemoryPoint = {
    name,
    batchSize,
    parameters,
    gflop: 0,
    dispatches: 0,
    bytesMoved: 0,
    estimatedBytes: estimate(config, batchSize),
    heldBytes: 0,
    largestBytes: 0,
    trainStepMs: null,
    problem: null,
  };
  const buffers = countGpuBuffers();
  try {
    const model = new MeasuredModel(config, batchSize, operations);
    await model.trainStep();
    let loss: Promise<number> | undefined;
    const { calls } = recordKernels(operations, (observed) => {
      loss = model.trainStep(observed);
    });
    await loss;
    Object.assign(point, totals(calls));
    if (!engine.softwareAdapter) {
      const step = timed((count) => model.trainSteps(count));
      point.trainStepMs = (await timeInterleaved({ step }, TIMING)).step?.median as number;
    }
    model.dispose();
  } catch (error) {
    point.problem = (error as Error).message;
  } finally {
    const { mostBytes, largestBytes } = buffers.count();
    Object.assign(point, { heldBytes: mostBytes, largestBytes });
    buffers.stop();
  }
  return point;
}

/** Four sets that stay, the gradients, and the activations. */
function estimate(config: ModelConfig, batchSize: number): number {
  return 5 * 4 * parameterCount(config) + stepBytes(config, batchSize);
}
