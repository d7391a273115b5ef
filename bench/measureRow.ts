import type { MeasureOptions } from '../src/engine/measure/measureSteps';
import type { StepProfile } from '../src/engine/measure/profile';
import type { ModelConfig } from '../src/engine/unet/config';
import type { BenchEngine } from './engine';
import type { BenchOptions } from './options';
import { type BenchRow, benchRow } from './row';
import { type TorchReport, TorchRival } from './torch';

export interface MeasuredRow {
  row: BenchRow;
  profile: StepProfile | undefined;
}

/** Measures one backend, in turns with stock tfjs and PyTorch as far as the options ask for them. */
export async function measureRow(
  engine: BenchEngine,
  config: ModelConfig,
  options: BenchOptions,
  say: (message: string) => void,
): Promise<MeasuredRow> {
  const { batchSize } = options;
  const torch = await startTorch(engine, options, say);
  try {
    const { operations } = engine;
    const difference = torch && operations ? await torch.differenceTo(operations, config, batchSize) : null;
    const measurement = await engine.measure(config, measureOptions(options), torch?.turn);
    const peak = await engine.peak();
    const rival = torch &&
      measurement.rival && { report: torch.report as TorchReport, ...measurement.rival, difference };
    const row = benchRow(config, batchSize, { ...engine, measurement, peak }, rival);
    return { row, profile: options.profile ? await engine.profile(config, batchSize) : undefined };
  } finally {
    torch?.stop();
  }
}

async function startTorch(
  engine: BenchEngine,
  { torch, configFile, batchSize }: BenchOptions,
  say: (message: string) => void,
): Promise<TorchRival | undefined> {
  if (!torch) return undefined;
  // A GPU is compared with a GPU where PyTorch has one, the CPU kernels with as many threads as they have.
  const device = engine.backend === 'webgpu' && !engine.softwareAdapter ? 'gpu' : 'cpu';
  const rival = await TorchRival.start(configFile, batchSize, engine.threads, device);
  if (!rival) say('There is no python3 with torch here: no comparison with PyTorch.');
  return rival;
}

/** What a worker gets of the options. */
function measureOptions({ batchSize, runs, budgetMs, stock }: BenchOptions): MeasureOptions {
  return { batchSize, runs, budgetMs, stock };
}
