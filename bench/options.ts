import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type BackendName, backendNames } from '../src/engine/backend/report';
import { type BrowserName, browserNames } from './browserPage';

export interface BenchOptions {
  /** JSON file of a model's config, which PyTorch reads too. */
  configFile: string;
  batchSize: number;
  threads: number;
  runs: number;
  /** Time that each program may use for each kind of step, milliseconds. */
  budgetMs: number;
  /** What to measure; none means what is worth it here. */
  backends: BackendName[] | undefined;
  torch: boolean;
  stock: boolean;
  /** Where the built page's worker is measured; none means Node, several that they are compared. */
  browsers: readonly BrowserName[];
  scale: boolean;
  /** What train steps of growing models take and move on WebGPU. */
  memory: boolean;
  /** What the CPU does to issue a step on WebGPU, beside the same number of bare dispatches. */
  issue: boolean;
  /** What measuring the health of the layers costs training. */
  health: boolean;
  profile: boolean;
  /** How to print it. */
  format: 'table' | 'markdown' | 'json';
  /** A Markdown file whose block of this measurement is replaced. */
  document: string | undefined;
  /** What that block's name starts with: node, browser and the like, or what another machine is called. */
  block: string;
}

/** Seconds for each kind of step, or for a point of the growth. */
const budgets = { steps: '12', scale: '120', health: '60' };

const usage = `npm run bench -- [options]

Measures a train step, a forward pass and a reverse step: our kernels, stock tfjs and PyTorch in turns.

  --config FILE     the model (JSON; default: bench/bench16.json)
  --batch N         images a step (default: 16)
  --threads N       threads of the CPU kernels and of PyTorch (default: all cores, ${availableParallelism()} here)
  --runs N          how often each is timed (default: 12)
  --budget SECONDS  the most that each program may take for each kind of step (default: ${budgets.steps}; with --scale
                    ${budgets.scale}, so that memory ends first; with --health
                    ${budgets.health} a model)
  --backends A,B    ${backendNames.join(', ')}; by default wasm, webgpu where there is an adapter,
                    and in a browser webgl; cpu takes minutes, and only on demand
  --no-torch        without PyTorch (else: of python3, where it has torch)
  --no-stock        without stock tfjs
  --browser [A,B]   on the built page's worker in a browser: ${browserNames.join(', ')} (default: chromium). In the last two by
                    default wasm alone, without PyTorch. Several are measured in turns, of the model and of Digits at a
                    batch of 64, on one backend: wasm, or the first of --backends; times of each against the first
  --profile         also prints where the time of a train step goes
  --scale           instead: doubles batch, resolution and channels, cost against arithmetic
  --memory          instead: memory, dispatches, bytes moved and time of a train step in Node, by model, on one
                    backend: webgpu, or the first of --backends
  --issue           instead: what the CPU does to issue a step on WebGPU, beside the same dispatches by themselves, on
                    Dawn's null backend in Node, which computes nothing; of the model, and of Digits at a batch of 64
  --health          instead: what measuring the layers' health (the view Network) costs training, in turns with training
                    without it, on one backend: wasm, or the first of --backends
  --json            prints JSON for machines (npm run --silent bench -- --json)
  --markdown        prints tables of Markdown
  --document FILE   also puts them into FILE, between <!-- bench NAME --> and <!-- end -->, where NAME is
                    node, browser (Chromium), firefox, webkit or browsers (several), and ends with -scale, -memory, -issue or
                    -health for those
  --block NAME      in place of that name, for another machine
`;

/** Reads the command line. Prints the usage and ends where that is asked for; throws for what it cannot read. */
export function parseOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args: args.map((arg, i) => (arg === '--browser' && !isValue(args[i + 1]) ? '--browser=chromium' : arg)),
    options: {
      config: { type: 'string', default: new URL('bench16.json', import.meta.url).pathname },
      batch: { type: 'string', default: '16' },
      threads: { type: 'string', default: String(availableParallelism()) },
      runs: { type: 'string', default: '12' },
      budget: { type: 'string' },
      backends: { type: 'string' },
      'no-torch': { type: 'boolean', default: false },
      'no-stock': { type: 'boolean', default: false },
      browser: { type: 'string' },
      profile: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      issue: { type: 'boolean', default: false },
      health: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      document: { type: 'string' },
      block: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const backends = values.backends && namesOf('--backends', backendNames, values.backends);
  const browsers = values.browser ? namesOf('--browser', browserNames, values.browser) : [];
  return {
    configFile: values.config,
    batchSize: wholeNumber('--batch', values.batch),
    threads: wholeNumber('--threads', values.threads),
    runs: wholeNumber('--runs', values.runs),
    budgetMs:
      1000 *
      wholeNumber(
        '--budget',
        values.budget ?? budgets[values.scale ? 'scale' : values.health ? 'health' : 'steps'],
      ),
    backends: backends || undefined,
    // Its turns are asked for by the page, which only Chromium's driver lets call this process.
    torch: !values['no-torch'] && browsers.every((name) => name === 'chromium'),
    stock: !values['no-stock'],
    browsers,
    scale: values.scale,
    memory: values.memory,
    issue: values.issue,
    health: values.health,
    profile: values.profile,
    format: values.json ? 'json' : values.markdown || values.document ? 'markdown' : 'table',
    document: values.document,
    block: values.block ?? blockOf(browsers),
  };
}

function blockOf(browsers: readonly BrowserName[]): string {
  if (browsers.length > 1) return 'browsers';
  const [browser = 'node'] = browsers;
  return browser === 'chromium' ? 'browser' : browser;
}

function isValue(arg: string | undefined): boolean {
  return arg !== undefined && !arg.startsWith('-');
}

/** The names of a list with commas between them. */
function namesOf<Name extends string>(option: string, names: readonly Name[], list: string): Name[] {
  return list.split(',').map((text) => {
    const name = names.find((known) => known === text);
    if (!name) throw new Error(`${option}: there is no '${text}', only ${names.join(', ')}.`);
    return name;
  });
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${option} must be a whole number of at least 1, not '${text}'.`);
  return value;
}
