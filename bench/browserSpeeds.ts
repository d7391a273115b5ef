import type { BackendName } from '../src/engine/backend/report';
import { timeInterleaved } from '../src/engine/measure/interleave';
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
  trainStep: Spread;
  forward: Spread;
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
  const forwards = engines.map((): number[] => []);
  const turns = engines.map((engine, i) => async () => {
    const { ours } = await engine.measure(config, { batchSize, stock: false, runs: 1, budgetMs });
    forwards[i]?.push(ours.forward.median);
    return [ours.trainStep.median];
  });
  for (const turn of turns) await turn();
  const subjects = Object.fromEntries(turns.map((turn, i) => [String(i), { turn }]));
  const trainSteps = await timeInterleaved(subjects, { runs, budgetMs });
  return engines.map(({ backend, platform, device, threads }, i) => ({
    ...{ name, batchSize, backend, platform, device, threads },
    trainStep: trainSteps[i] as Spread,
    forward: spreadOf(forwards[i]?.slice(1) as number[]),
  }));
}
