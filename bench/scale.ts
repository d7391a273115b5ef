import { stepArithmetic } from '../src/engine/measure/arithmetic';
import type { MeasureOptions } from '../src/engine/measure/measureSteps';
import type { ModelConfig } from '../src/engine/unet/config';
import { checkMemory } from '../src/engine/unet/size';
import type { BenchEngine } from './engine';
import type { BenchOptions } from './options';

/** One point of a series: a train step of a model that is larger than the first in one way. */
export interface ScalePoint {
  batchSize: number;
  imageSize: number;
  nChannels: number;
  gflop: number;
  trainStepMs: number;
  /** Milliseconds a GFLOP over those of the series' first point: 1 is proportional to the arithmetic. */
  ratio: number;
  peakBytes: number;
}

export interface ScaleSeries {
  grows: 'batch' | 'resolution' | 'channels';
  points: ScalePoint[];
  /** Why it goes no further. */
  end: string;
}

const doublings: Record<ScaleSeries['grows'], (point: Point) => Point> = {
  batch: ({ config, batchSize }) => ({ config, batchSize: 2 * batchSize }),
  resolution: ({ config, batchSize }) => ({
    config: { ...config, imageSize: 2 * config.imageSize },
    batchSize,
  }),
  channels: ({ config, batchSize }) => ({
    config: { ...config, nChannels: 2 * config.nChannels },
    batchSize,
  }),
};

type Point = { config: ModelConfig; batchSize: number };

/** Doubles batch, resolution and channels in turn, each until memory ends or a step would take longer than the budget. */
export async function measureScale(
  engine: BenchEngine,
  config: ModelConfig,
  { batchSize, budgetMs, runs }: BenchOptions,
  say: (message: string) => void,
): Promise<ScaleSeries[]> {
  const options: Omit<MeasureOptions, 'batchSize'> = { runs: Math.min(runs, 5), budgetMs, stock: false };
  const series: ScaleSeries[] = [];
  for (const [grows, double] of Object.entries(doublings) as [ScaleSeries['grows'], (p: Point) => Point][]) {
    const points: ScalePoint[] = [];
    let end = '';
    for (let point: Point = { config, batchSize }; ; point = double(point)) {
      const gflop = stepArithmetic(point.config, point.batchSize).trainStep / 1e9;
      const last = points.at(-1);
      // Warming up takes three steps.
      if (last && (3 * last.trainStepMs * gflop) / last.gflop > budgetMs) {
        end = `the next would take longer than the budget of ${budgetMs / 1000} s`;
        break;
      }
      say(
        `${grows}: batch ${point.batchSize}, ${point.config.imageSize} pixels, ${point.config.nChannels} channels …`,
      );
      try {
        // A device whose memory is full would be lost, and with it the series that follow; wasm gives its memory back.
        if (engine.backend === 'webgpu') checkMemory(point.config, point.batchSize, 'webgpu');
        const { ours } = await engine.measure(point.config, { ...options, batchSize: point.batchSize });
        const trainStepMs = ours.trainStep.median;
        const first = points[0];
        points.push({
          batchSize: point.batchSize,
          imageSize: point.config.imageSize,
          nChannels: point.config.nChannels,
          gflop,
          trainStepMs,
          ratio: first ? trainStepMs / gflop / (first.trainStepMs / first.gflop) : 1,
          peakBytes: ours.peakBytes,
        });
      } catch (error) {
        end = (error as Error).message;
        break;
      }
    }
    series.push({ grows, points, end });
    if (points.length === 0) throw new Error(end);
  }
  return series;
}
