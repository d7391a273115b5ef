import * as v from 'valibot';

/** Options of `train` by name; true is a switch. */
export type TrainOptions = Readonly<Record<string, string | number | boolean>>;

/** A run of a sweep. */
export interface SweepRun {
  /** Of its folder: the options that it does not share with all others. */
  name: string;
  options: TrainOptions;
}

const value = v.union([v.string(), v.number(), v.boolean()]);
const options = v.record(v.string(), value);
const schema = v.strictObject({
  base: v.optional(options, {}),
  grid: v.optional(v.record(v.string(), v.pipe(v.array(value), v.minLength(1)))),
  runs: v.optional(v.pipe(v.array(options), v.minLength(1))),
});

/** Options that the sweep itself gives. */
const own = ['out', 'state', 'log', 'resume', 'force', 'json', 'help', 'backend', 'threads'];

/**
 * Reads a sweep: `base`, the options of every run, and `grid`, lists of values whose combinations are all trained, or
 * `runs`, a list of options. Throws Error.
 */
export function parseSweep(bytes: Uint8Array): SweepRun[] {
  const result = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
  if (!result.success) {
    const [issue] = result.issues;
    throw new Error(`${v.getDotPath(issue) ?? 'The file'}: ${issue.message}.`);
  }
  const { base, grid, runs } = result.output;
  if ((grid === undefined) === (runs === undefined)) throw new Error("It must have either 'grid' or 'runs'.");
  const chosen = runs ?? combinations(grid ?? {});
  const all = chosen.map((one) => ({ name: nameOf(one), options: { ...base, ...one } }));
  for (const { name, options } of all) {
    const refused = Object.keys(options).find((option) => own.includes(option));
    if (refused !== undefined) throw new Error(`'${refused}' is not for the runs: the sweep chooses it.`);
    if (all.filter((other) => other.name === name).length > 1)
      throw new Error(`Two runs would have the name '${name}'.`);
  }
  return all;
}

/** The options of a run as arguments of `train`. */
export function trainArguments(options: TrainOptions): string[] {
  return Object.entries(options)
    .filter(([, given]) => given !== false)
    .map(([name, given]) => (given === true ? `--${name}` : `--${name}=${given}`));
}

function combinations(grid: Readonly<Record<string, (string | number | boolean)[]>>): TrainOptions[] {
  return Object.entries(grid).reduce<TrainOptions[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((given) => ({ ...one, [name]: given }))),
    [{}],
  );
}

/** Such as learning-rate-0.001_batch-32. */
function nameOf(options: TrainOptions): string {
  const parts = Object.entries(options).map(([name, given]) => `${name}-${given}`);
  return parts.map((part) => part.replace(/[^\w.]+/g, '-')).join('_') || 'base';
}
