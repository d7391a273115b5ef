import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { backendChoice, backendOptions } from '../backend';
import { type Context, defineCommand, parseOptions } from '../command';
import { formatDuration } from '../duration';
import { CommandError } from '../errors';
import { readAs } from '../files';
import { comparedRuns } from '../log/comparedRuns';
import { curvesPng } from '../log/curvesPng';
import { readLoggedRun } from '../log/logFolder';
import { wholeNumber } from '../numbers';
import { writeBytes } from '../outputFiles';
import { trainInProcesses } from '../sweep/jobs';
import { parseSweep, type SweepRun, type TrainOptions, trainArguments } from '../sweep/sweepConfig';
import { textTable } from '../textTable';
import { command as train } from './train';

export const command = defineCommand({
  summary:
    'Trains several settings, one after the other or in several processes. The same command continues after Ctrl-C.',
  options: {
    config: {
      value: 'FILE',
      description:
        'JSON: base, options of train for every run; grid, lists of values, or runs, a list of options.',
      required: true,
    },
    out: { value: 'DIR', description: 'Gets a folder for each run, and the curves.', required: true },
    jobs: {
      value: 'N',
      description: 'Train so many runs at a time, each in a process of its own; 1 by default.',
    },
    ...backendOptions,
  },

  async run({ config, out, jobs, backend, threads: given }, { tell, warn, line }) {
    const processes = wholeNumber('jobs', jobs ?? '1', 1);
    const share = String(Math.max(1, Math.floor(availableParallelism() / processes)));
    // Processes that each took all cores would wait for each other.
    const threads = given ?? (processes > 1 && (backend ?? 'wasm') === 'wasm' ? share : undefined);
    backendChoice({ backend, threads });
    const runs = await readAs(config, parseSweep);
    const engine = { ...(backend && { backend }), ...(threads && { threads }) };
    // A misspelt option is told before hours of training.
    for (const { options } of runs) parseOptions(train, [...trainArguments(options), '--out=x']);
    const prepare = async (one: SweepRun) => {
      const folder = join(out, one.name);
      if (await isDone(one, folder)) return null;
      return trainingArguments({ ...one, options: { ...one.options, ...engine } }, folder);
    };
    let code: number | undefined;
    if (processes > 1)
      code = await trainInProcesses(
        runs.map((one) => ({ name: one.name, prepare: () => prepare(one) })),
        processes,
        line,
      );
    else
      for (const [i, one] of runs.entries()) {
        const args = await prepare(one);
        if (!args) continue;
        warn(`Run ${i + 1} of ${runs.length}: ${one.name}`);
        code = (await trained(one.name, args, { warn, line })) ?? code;
        if (code !== undefined && code > 1) break;
      }
    const begun: string[] = [];
    for (const { name } of runs) if (await readLoggedRun(join(out, name))) begun.push(join(out, name));
    if (begun.length === 0) return code;
    const compared = await comparedRuns(begun);
    const curves = join(out, 'curves.png');
    await writeBytes(curves, curvesPng(compared));
    const facts = compared.map(({ facts: { name, step, seconds, loss, heldOut, diverged } }) => {
      return { name, step, seconds, loss, held_out: heldOut, diverged };
    });
    tell(
      { runs: facts, left: runs.length - begun.length, curves },
      textTable([
        ['Run', 'Steps', 'Training loss', 'Held-out loss', 'Time'],
        ...facts.map(({ name, step, seconds, loss, held_out, diverged }) => [
          ...[name, `${step.toLocaleString('en')}${diverged ? ', diverged' : ''}`],
          ...[loss?.toFixed(4) ?? '–', held_out?.toFixed(4) ?? '–', formatDuration(seconds)],
        ]),
      ]),
    );
    return code;
  },
});

/** Whether a run has taken its steps, or never will. Throws CommandError where its folder is of other options. */
async function isDone({ name, options }: SweepRun, folder: string): Promise<boolean> {
  const { steps, ...others } = options;
  const path = join(folder, 'options.json');
  const kept = await readFile(path, 'utf8').catch(() => null);
  const text = JSON.stringify(others);
  if (kept !== null && kept !== text)
    throw new CommandError(`${folder} was trained with other options: ${kept}. Choose another --out.`);
  await mkdir(folder, { recursive: true });
  if (kept === null) await writeBytes(path, new TextEncoder().encode(text));
  const facts = (await readLoggedRun(folder))?.facts;
  if (facts && facts.name !== name) throw new CommandError(`${folder} has the log of another run.`);
  return (
    facts !== undefined && (facts.diverged || facts.step >= Number(steps ?? facts.settings.training.steps))
  );
}

/** What `train` is told, so that a run goes on from its last save. */
async function trainingArguments({ options }: SweepRun, folder: string): Promise<string[]> {
  const model = join(folder, 'model.safetensors');
  const state = join(folder, 'model.training.safetensors');
  const isBegun = await readFile(state).then(
    () => true,
    () => false,
  );
  // What a kill has left before the first save is overwritten.
  const more = isBegun ? await resumption(folder, state) : { force: true };
  return trainArguments({ ...more, ...options, ...(isBegun && fixed), out: model, log: folder });
}

/** Trains a run in this process; 1 where it failed, and else what `train` says. */
async function trained(
  name: string,
  args: string[],
  { warn, line }: Pick<Context, 'warn' | 'line'>,
): Promise<number | undefined> {
  const invocation = parseOptions(train, args);
  if (invocation === 'help') return undefined;
  try {
    return await train.run(invocation.values, { file: '', files: [], tell: () => {}, warn, line });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    warn(`${name}: ${error.message}`);
    return 1;
  }
}

/** What a saved state has of its own: its model with its classes. */
const fixed = { classes: false, config: false };

/** Options to go on from a state, to the same step where the sweep does not name another. */
async function resumption(folder: string, resume: string): Promise<TrainOptions> {
  const steps = (await readLoggedRun(folder))?.facts.settings.training.steps;
  return { resume, ...(steps !== undefined && { steps }) };
}
