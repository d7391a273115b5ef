import type { BackendName } from '../src/engine/backend/report';
import { stepArithmetic } from '../src/engine/measure/arithmetic';
import type { StepMeasurement } from '../src/engine/measure/measureSteps';
import type { MatmulPeak } from '../src/engine/measure/peak';
import type { Spread } from '../src/engine/measure/spread';
import type { ModelConfig } from '../src/engine/unet/config';
import { parameterCount } from '../src/engine/unet/layers';
import type { TorchReport } from './torch';

/** Median, and the quartiles around it, of milliseconds. */
type Quartiles = [low: number, high: number];

/** What the bench says of one backend: times in milliseconds; null where something was not measured. */
export interface BenchRow {
  backend: BackendName;
  trainStepMs: number;
  forwardMs: number;
  dispatchesPerTrainStep: number;
  stockTrainStepMs: number | null;
  torchTrainStepMs: number | null;

  /** 'Node v20.20.2', 'Chromium 140.0.7339.16'. */
  platform: string;
  device: string;
  /** The adapter computes on the CPU: its times say nothing of a GPU's. */
  softwareAdapter: boolean;
  threads: number;
  /** Whether the backend has kernels of ours; else its own times are those of stock tfjs. */
  fused: boolean;
  batchSize: number;
  parameters: number;
  runs: number;
  trainStepQuartilesMs: Quartiles;
  forwardQuartilesMs: Quartiles;
  /** One step of ancestral sampling for a batch of images, and its ratio to a forward pass. */
  reverseStepMs: number;
  reverseStepPerForward: number;
  dispatchesPerForward: number;
  /** Between two steps; and the most bytes within one. */
  tensors: number;
  bytes: number;
  peakBytes: number;

  stockTrainStepQuartilesMs: Quartiles | null;
  stockForwardMs: number | null;
  stockForwardQuartilesMs: Quartiles | null;
  stockDispatchesPerTrainStep: number | null;
  stockDispatchesPerForward: number | null;
  stockPeakBytes: number | null;

  torchTrainStepQuartilesMs: Quartiles | null;
  torchForwardMs: number | null;
  torchForwardQuartilesMs: Quartiles | null;
  torchVersion: string | null;
  torchDevice: string | null;
  torchThreads: number | null;
  /** Largest difference between PyTorch's ε̂ and ours for the same weights, over the largest magnitude. */
  torchDifference: number | null;

  /** 10⁹ floating-point operations in the matrix products of a train step; what the backend reaches at best. */
  gflopPerTrainStep: number;
  peakGflops: number;
  peakKernel: 'ours' | 'stock';
  shareOfPeak: number;
}

export interface RowSource {
  backend: BackendName;
  platform: string;
  device: string;
  softwareAdapter: boolean;
  threads: number;
  fused: boolean;
  measurement: StepMeasurement;
  peak: MatmulPeak;
}

export interface TorchTimes {
  report: TorchReport;
  trainStep: Spread;
  forward: Spread;
  difference: number | null;
}

export function benchRow(
  config: ModelConfig,
  batchSize: number,
  { measurement, peak, backend, platform, device, softwareAdapter, threads, fused }: RowSource,
  torch: TorchTimes | undefined,
): BenchRow {
  const { ours, stock, reverseStep } = measurement;
  const gflop = stepArithmetic(config, batchSize).trainStep / 1e9;
  return {
    backend,
    trainStepMs: ours.trainStep.median,
    forwardMs: ours.forward.median,
    dispatchesPerTrainStep: ours.dispatchesPerTrainStep,
    stockTrainStepMs: stock?.trainStep.median ?? null,
    torchTrainStepMs: torch?.trainStep.median ?? null,

    platform,
    device,
    softwareAdapter,
    threads,
    fused,
    batchSize,
    parameters: parameterCount(config),
    runs: ours.trainStep.count,
    trainStepQuartilesMs: quartiles(ours.trainStep),
    forwardQuartilesMs: quartiles(ours.forward),
    reverseStepMs: reverseStep.median,
    reverseStepPerForward: reverseStep.median / ours.forward.median,
    dispatchesPerForward: ours.dispatchesPerForward,
    tensors: ours.tensors,
    bytes: ours.bytes,
    peakBytes: ours.peakBytes,

    stockTrainStepQuartilesMs: stock ? quartiles(stock.trainStep) : null,
    stockForwardMs: stock?.forward.median ?? null,
    stockForwardQuartilesMs: stock ? quartiles(stock.forward) : null,
    stockDispatchesPerTrainStep: stock?.dispatchesPerTrainStep ?? null,
    stockDispatchesPerForward: stock?.dispatchesPerForward ?? null,
    stockPeakBytes: stock?.peakBytes ?? null,

    torchTrainStepQuartilesMs: torch ? quartiles(torch.trainStep) : null,
    torchForwardMs: torch?.forward.median ?? null,
    torchForwardQuartilesMs: torch ? quartiles(torch.forward) : null,
    torchVersion: torch?.report.version ?? null,
    torchDevice: torch?.report.device ?? null,
    torchThreads: torch?.report.threads ?? null,
    torchDifference: torch?.difference ?? null,

    gflopPerTrainStep: gflop,
    peakGflops: peak.gflops,
    peakKernel: peak.kernel,
    shareOfPeak: gflop / (ours.trainStep.median / 1000) / peak.gflops,
  };
}

function quartiles({ low, high }: Spread): Quartiles {
  return [low, high];
}
