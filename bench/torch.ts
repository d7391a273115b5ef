import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Operations } from '../src/engine/kernels/operations';
import type { Rival } from '../src/engine/measure/measureSteps';
import { Random } from '../src/engine/training/random';
import type { ModelConfig } from '../src/engine/unet/config';
import { predict } from '../src/engine/unet/predict';
import { disposeWeights, initialWeights, stateDictOf } from '../src/engine/unet/weights';

const script = new URL('torch_step.py', import.meta.url).pathname;

/** A python3 that has torch (and other modules), of those on the path and the system's; undefined where there is none. */
export function findPythonWithTorch(...others: string[]): string | undefined {
  const candidates = [process.env.BENCH_PYTHON, 'python3', '/usr/bin/python3'];
  const script = `import ${['torch', ...others].join()}`;
  return candidates.find(
    (python) => python && spawnSync(python, ['-c', script], { stdio: 'ignore' }).status === 0,
  );
}

/** What torch_step.py says of itself. */
export interface TorchReport {
  version: string;
  threads: number;
  /** 'cpu', or the name of the GPU. */
  device: string;
  parameters: number;
}

/** The same network in PyTorch, in a process of its own that waits while others are timed. */
export class TorchRival {
  private constructor(
    readonly report: TorchReport,
    readonly process: ChildProcess,
    readonly answers: AsyncIterator<string>,
    readonly lines: Interface,
  ) {}

  /** Starts it; undefined where no python3 has torch. Device is 'cpu', or 'gpu' for a GPU if torch has one. */
  static async start(
    configFile: string,
    batchSize: number,
    threads: number,
    device: 'cpu' | 'gpu',
  ): Promise<TorchRival | undefined> {
    const python = findPythonWithTorch();
    if (!python) return undefined;
    const child = spawn(python, [script, configFile, String(batchSize), String(threads), device], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const answers = lines[Symbol.asyncIterator]();
    const rival = new TorchRival(JSON.parse(await nextAnswer(answers)), child, answers, lines);
    await rival.#ask('train 2');
    await rival.#ask('forward 2');
    return rival;
  }

  /**
   * Gives PyTorch random weights of ours, and returns the largest difference of its ε̂ to that of `operations` on the
   * current backend of this process, over the largest magnitude.
   */
  async differenceTo(operations: Operations, config: ModelConfig, batchSize: number): Promise<number> {
    const random = new Random(4);
    const weights = initialWeights(config, random);
    const x = random.normal(batchSize * config.imageChannels * config.imageSize ** 2);
    const t = random.integers(batchSize, config.nSteps);
    const { eps } = await predict(config, operations, weights, { x, t });
    const parameters = [...(await stateDictOf(config, weights)).values()].map(({ data }) =>
      Buffer.from(data.buffer),
    );
    disposeWeights(weights);
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      writeFileSync(join(folder, 'weights.f32'), Buffer.concat(parameters));
      writeFileSync(join(folder, 'x.f32'), x);
      writeFileSync(join(folder, 't.i32'), t);
      writeFileSync(join(folder, 'eps.f32'), eps);
      return (await this.#ask(`check ${folder}`)) as number;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** A few steps, and the milliseconds of each. */
  readonly turn: Rival = async (kind) => {
    const times = (await this.#ask(kind === 'trainStep' ? 'train 2' : 'forward 2')) as number[];
    // OpenMP's threads spin for a while before they sleep: nobody else is to be timed then.
    await wait(30);
    return times;
  };

  stop(): void {
    this.lines.close();
    this.process.kill();
  }

  async #ask(command: string): Promise<unknown> {
    this.process.stdin?.write(`${command}\n`);
    return JSON.parse(await nextAnswer(this.answers));
  }
}

async function nextAnswer(answers: AsyncIterator<string>): Promise<string> {
  const { value, done } = await answers.next();
  if (done) throw new Error('PyTorch ended without an answer; what it said is above.');
  return value;
}
