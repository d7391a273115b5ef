import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { provideGpu } from '../cli/nodeGpu';
import { startWebgpu } from '../src/engine/backend/webgpu';
import { fusedOperations } from '../src/engine/kernels/fused';
import { bareDispatches } from '../src/engine/measure/bareDispatches';
import { type Timed, timeInterleaved } from '../src/engine/measure/interleave';
import { MeasuredModel } from '../src/engine/measure/measuredModel';
import type { Spread } from '../src/engine/measure/spread';
import type { ModelConfig } from '../src/engine/unet/config';

/** What the CPU does to hand a step to the device, beside the bare dispatches of that step. */
export interface IssuePoint {
  name: string;
  batchSize: number;
  step: 'train step' | 'forward pass';
  dispatches: number;
  /** Milliseconds of one step. */
  issueMs: Spread;
  bareMs: Spread;
}

export interface IssueSubject {
  name: string;
  config: ModelConfig;
  batchSize: number;
}

/** Steps of a turn: enough for the clock, few enough that nothing is held up for long. */
const STEPS = 10;
/** The first steps compile, and make what is kept. */
const WARM_UP = 5;

/**
 * Times the issue of steps on Dawn's null backend, which computes nothing: what takes time there is the CPU's work. The bare
 * dispatches are those of the very step that was measured, timed in turns with it.
 */
export async function measureIssue(
  subjects: readonly IssueSubject[],
  options: { runs: number; budgetMs: number },
  say: (message: string) => void,
): Promise<IssuePoint[]> {
  await provideGpu(['backend=null']);
  await startWebgpu({
    allowSoftware: true,
    onLost: (reason) => {
      throw new Error(`The null device was lost: ${reason}`);
    },
  });
  const points: IssuePoint[] = [];
  for (const subject of subjects) {
    say(`${subject.name}, batch ${subject.batchSize} …`);
    const model = new MeasuredModel(subject.config, subject.batchSize, fusedOperations);
    points.push(await measurePoint(subject, 'train step', () => model.trainStep(), options));
    points.push(await measurePoint(subject, 'forward pass', () => model.evaluate(), options));
    model.dispose();
  }
  return points;
}

async function measurePoint(
  { name, batchSize }: IssueSubject,
  step: IssuePoint['step'],
  issue: () => Promise<unknown>,
  options: { runs: number; budgetMs: number },
): Promise<IssuePoint> {
  for (let i = 0; i < WARM_UP; i++) await issue();
  const { device } = tf.backend() as WebGPUBackend;
  let warm: Promise<unknown> | undefined;
  const bare = bareDispatches(device, () => {
    warm = issue();
  });
  await warm;
  const times = await timeInterleaved(
    { ours: timedIssue(issue), bare: timedIssue(async () => bare.issue()) },
    options,
  );
  return {
    name,
    batchSize,
    step,
    dispatches: bare.count,
    issueMs: times.ours as Spread,
    bareMs: times.bare as Spread,
  };
}

/** The time until all steps of a turn are handed over; the wait for their results is not counted. */
function timedIssue(issue: () => Promise<unknown>): Timed {
  return {
    turn: async () => {
      const results: Promise<unknown>[] = [];
      const start = performance.now();
      for (let i = 0; i < STEPS; i++) results.push(issue());
      const milliseconds = (performance.now() - start) / STEPS;
      await Promise.all(results);
      return [milliseconds];
    },
  };
}
