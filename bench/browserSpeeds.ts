import type { BackendName } from '../src/engine/backend/report';
import { timeInterleaved } from '../src/engine/measure/interleave';
import type { StepCost } from '../src/engine/measure/measureSteps';
import { type Spread, spreadOf } from '../src/engine/measure/spread';
import { startBrowserEngine } from './browserEngine';
import type { BenchEngine } from './engine';
import type { IssueSubject } from './issue';
import type { BenchOptions } from './options';
import { servePage } from './servedPage';

/** What a step takes in a browser, in milliseconds. */
export interface BrowserSpeed {
  name: string;
  batchSize: number;
  backend: BackendName;
  /** The browser and its version. */
  platform: string;
  device: string;
  threads: number;
  trainStep: ComparedTimes;
  forward: ComparedTimes;
}

export interface ComparedTimes extends Spread {
  /** The median, over the rounds, of the time over that of the first browser in the same round: load that changes falls out. */
  ratio: number;
}

/** Measures the models in all browsers in turns, so that what slows the machine for a while slows them all. */
export async function measureBrowsers(
  subjects: readonly IssueSubject[],
  { browsers, backends: [backend] = ['wasm'], threads, ...options }: BenchOptions,
  say: (message: string) => void,
): Promise<BrowserSpeed[]> {
  const page = await servePage(threads > 1);
  const engines: BenchEngine[] = [];
  try {
    for (const browser of browsers)
      engines.push(await startBrowserEngine(page, browser, backend as BackendName));
    const speeds: BrowserSpeed[] = [];
    for (const subject of subjects) {
      say(`${subject.name}, batch ${subject.batchSize} …`);
      speeds.push(...(await measureInTurns(engines, subject, options)));
    }
    return speeds;
  } finally {
    for (const engine of engines) await engine.stop();
    await page.close();
  }
}

/** A turn is a measurement of its own, with a new model. The first one, which compiles, does not count. */
export async function measureInTurns(
  engines: readonly Pick<BenchEngine, 'backend' | 'platform' | 'device' | 'threads' | 'measure'>[],
  { name, config, batchSize }: IssueSubject,
  { runs, budgetMs }: Pick<BenchOptions, 'runs' | 'budgetMs'>,
): Promise<BrowserSpeed[]> {
  const racers = engines.map((engine) => ({
    engine,
    costs: [] as StepCost[],
    async turn() {
      const { ours } = await engine.measure(config, { batchSize, stock: false, runs: 1, budgetMs });
      this.costs.push(ours);
      return [ours.trainStep.median];
    },
  }));
  for (const racer of racers) await racer.turn();
  for (const racer of racers) racer.costs = [];
  await timeInterleaved(Object.fromEntries(racers.entries()), { runs, budgetMs });
  const [first] = racers;
  const compared = (costs: StepCost[], step: 'trainStep' | 'forward') => {
    const times = costs.map((cost) => cost[step].median);
    const ratios = times.flatMap((time, round) => {
      const base = first?.costs[round]?.[step].median;
      return base === undefined ? [] : [time / base];
    });
    return { ...spreadOf(times), ratio: spreadOf(ratios).median };
  };
  return racers.map(({ engine: { backend, platform, device, threads }, costs }) => ({
    ...{ name, batchSize, backend, platform, device, threads },
    trainStep: compared(costs, 'trainStep'),
    forward: compared(costs, 'forward'),
  }));
}
