import type { Architecture, ModelConfig } from '../unet/config';
import { checkShapes } from '../unet/weights';
import { CheckpointError } from './model';
import { configFromShapes } from './stateDictFile';

/** Shapes of tensors by their names. */
export type Shapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** The weights of a U-Net among the tensors of a file, which wrappers may have put under a prefix. */
export interface FoundModel {
  /** What stands before each name of the weights that are taken: 'ema.ema_model.', or nothing. */
  prefix: string;
  /** The same of the weights in training, where those that are taken are their moving average. */
  rawPrefix: string;
  /** Whether the names say that the weights are a moving average. */
  isEma: boolean;
  /** Names of the weights without the prefix. */
  names: string[];
  architecture: Architecture;
  /** What else is in the file, and is not read: the outermost name of each. */
  ignored: string[];
}

const FIRST = 'image_proj.weight';
/** The modules of a U-Net: what is under other names beside them belongs to a wrapper. */
const modules = new Set(['image_proj', 'time_emb', 'class_emb', 'down', 'middle', 'up', 'norm', 'final']);
/** A file of more models than these is none that people have. */
const MOST_MODELS = 64;

/**
 * Finds the U-Net in a file. Of several it takes the moving average, else the first; one that is not whole is taken only
 * where none is. `config`: what it must fit, where that is known; `others`: names of what else is in the file. Throws
 * CheckpointError or StateDictError.
 */
export function findModel(shapes: Shapes, others: readonly string[] = [], config?: ModelConfig): FoundModel {
  const candidates = candidatesIn(shapes).map((candidate) => ({
    ...candidate,
    ...architectureOf(candidate, config),
  }));
  const byRank = candidates.toSorted((a, b) => rank(a) - rank(b));
  const taken = byRank[0];
  if (!taken) {
    throw new CheckpointError(
      `It is no model of the reference's U-Net: the tensor '${FIRST}' is missing, under any prefix too.`,
    );
  }
  if (!taken.architecture) throw taken.problem;
  const raw = byRank.find(
    ({ architecture, isEma }) =>
      architecture && !isEma && JSON.stringify(architecture) === JSON.stringify(taken.architecture),
  );
  const rawPrefix = taken.isEma && raw ? raw.prefix : taken.prefix;
  const names = [...taken.shapes.keys()];
  const used = new Set([taken.prefix, rawPrefix].flatMap((prefix) => names.map((name) => prefix + name)));
  const rest = [...shapes.keys()].filter((name) => !used.has(name));
  return {
    prefix: taken.prefix,
    rawPrefix,
    isEma: taken.isEma,
    names,
    architecture: taken.architecture,
    ignored: outermost([...rest, ...others], used),
  };
}

interface Candidate {
  prefix: string;
  isEma: boolean;
  /** Of the tensors that have names of the U-Net's modules, without the prefix. */
  shapes: Map<string, { readonly shape: readonly number[] }>;
}

function candidatesIn(shapes: Shapes): Candidate[] {
  const prefixes = [...shapes.keys()]
    .filter((name) => name === FIRST || name.endsWith(`.${FIRST}`))
    .map((name) => name.slice(0, -FIRST.length))
    .filter((prefix) => !namesIn(prefix).some((name) => OPTIMIZER.test(name)));
  if (prefixes.length > MOST_MODELS)
    throw new CheckpointError(`The file holds ${prefixes.length} models; at most ${MOST_MODELS} are read.`);
  const candidates = prefixes.map(
    (prefix): Candidate => ({ prefix, isEma: isEma(prefix), shapes: new Map() }),
  );
  // The names under one prefix may go on with another: each tensor belongs to the longest.
  const longestFirst = candidates.toSorted((a, b) => b.prefix.length - a.prefix.length);
  for (const [name, tensor] of shapes) {
    const owner = longestFirst.find(({ prefix }) => name.startsWith(prefix));
    const inner = name.slice(owner?.prefix.length);
    if (modules.has(inner.split('.', 1)[0] as string)) owner?.shapes.set(inner, tensor);
  }
  return candidates;
}

/** What the shapes tell, or what keeps them from being a whole U-Net. */
function architectureOf(
  { shapes }: Candidate,
  config: ModelConfig | undefined,
): { architecture: Architecture; problem?: never } | { architecture?: never; problem: unknown } {
  try {
    const architecture = config ?? configFromShapes(shapes);
    checkShapes(architecture, shapes);
    return { architecture };
  } catch (problem) {
    return { problem };
  }
}

function rank({ architecture, isEma }: { architecture?: Architecture | undefined; isEma: boolean }): number {
  return (architecture ? 0 : 2) + (isEma ? 0 : 1);
}

/** The innermost name that says so decides: of 'ema.online_model.' the weights are those in training. */
function isEma(prefix: string): boolean {
  const telling = namesIn(prefix).findLast((name) => AVERAGE.test(name) || RAW.test(name));
  return telling !== undefined && AVERAGE.test(telling);
}

const AVERAGE = /(^|_)(ema|averaged?|averages|shadow|swa)(_|$)/;
const RAW = /(^|_)(online|raw)(_|$)/;
/** Moments and gradients have the names of the weights too. */
const OPTIMIZER = /(^|_)(adam|opt|optim|optimizer|exp_avg|momentum|grads?|gradients?)(_|$)/;

/** The names in a prefix, as one writes them in Python. */
function namesIn(prefix: string): string[] {
  const snake = prefix.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return snake.toLowerCase().split('.');
}

/** Names that share a beginning with none that is used are told once, by the shortest such beginning. */
function outermost(names: string[], used: ReadonlySet<string>): string[] {
  const beginnings = new Set<string>();
  for (const name of used)
    for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1))
      beginnings.add(name.slice(0, at));
  const short = new Set<string>();
  for (const name of names) {
    let at = name.indexOf('.');
    while (at >= 0 && beginnings.has(name.slice(0, at))) at = name.indexOf('.', at + 1);
    short.add(at < 0 ? name : name.slice(0, at));
  }
  return [...short];
}
