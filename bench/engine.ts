import type { BackendName } from '../src/engine/backend/report';
import type { Operations } from '../src/engine/kernels/operations';
import type { MeasureOptions, Rival, StepMeasurement } from '../src/engine/measure/measureSteps';
import type { MatmulPeak } from '../src/engine/measure/peak';
import type { StepProfile } from '../src/engine/measure/profile';
import type { ModelConfig } from '../src/engine/unet/config';

/** A backend that has started, in this process or in a browser's worker. */
export interface BenchEngine {
  backend: BackendName;
  /** 'Node v20.20.2', 'Chromium 140.0.7339.16'. */
  platform: string;
  device: string;
  /** The adapter computes on the CPU: its times say nothing of a GPU's. */
  softwareAdapter: boolean;
  threads: number;
  /** Whether it has kernels of ours; else it trains by the stock ops. */
  fused: boolean;
  /** What it trains with, where it runs in this process. */
  operations: Operations | undefined;
  measure(config: ModelConfig, options: MeasureOptions, rival?: Rival): Promise<StepMeasurement>;
  peak(): Promise<MatmulPeak>;
  profile(config: ModelConfig, batchSize: number): Promise<StepProfile>;
  stop(): Promise<void>;
}
