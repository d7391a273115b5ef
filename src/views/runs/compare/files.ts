import * as v from 'valibot';
import { bodySchema, factsSchema, type Run } from '../record/run';
import { lastSteps } from '../record/thinnedLosses';
import { axisOf } from './axes';

const FORMAT = 'ddpm-playground-runs';
const fileSchema = v.object({
  format: v.literal(FORMAT, 'it is no comparison of this page'),
  version: v.literal(1, 'it was written by a later version of this page'),
  runs: v.pipe(
    v.array(v.object({ facts: factsSchema, body: bodySchema })),
    v.minLength(1, 'it has no runs'),
    v.maxLength(100, 'it has more than 100 runs'),
  ),
});

/** Runs with their settings, curves and samples, as a file for somebody else. */
export function comparisonFile(runs: readonly Run[]): string {
  return writtenComparison(runs);
}

/** The text of such a file, whatever stands in the places of its runs. */
export function writtenComparison(runs: readonly unknown[]): string {
  return JSON.stringify({ format: FORMAT, version: 1, runs });
}

/** The runs of such a file. Throws an error that says what is wrong with any other. */
export function readComparison(text: string): Run[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('it is no JSON, or cut off.');
  }
  const result = v.safeParse(fileSchema, json);
  if (result.success) return result.output.runs;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new Error(path === null || path === 'format' ? `${issue.message}.` : `${path}: ${issue.message}.`);
}

/** A line of a curve: what is known at a step. */
interface CurvePoint {
  run: string;
  step: number;
  images: number;
  seconds: number;
  loss: number | null;
  least: number | null;
  greatest: number | null;
  heldOut: number | null;
}

/** The curves of runs, a row for each step or interval of steps, and for each measurement on held-out images. */
function curvePoints(runs: readonly Run[]): CurvePoint[] {
  return runs.flatMap((run) => {
    const { losses, heldOut } = run.body;
    const [images, seconds] = [axisOf(run, 'images'), axisOf(run, 'time')];
    const held = new Map(heldOut.map(({ step, loss }) => [step, loss]));
    const trained = new Map(lastSteps(losses).map((step, i) => [step, i]));
    const steps = [...new Set([...trained.keys(), ...held.keys()])].sort((a, b) => a - b);
    return steps.map((step) => {
      const of = (values: number[]) => finite(values[trained.get(step) ?? -1]);
      return {
        run: run.facts.name,
        step,
        images: images(step),
        seconds: Number(seconds(step).toFixed(3)),
        loss: of(losses.mean),
        least: of(losses.least),
        greatest: of(losses.greatest),
        heldOut: finite(held.get(step)),
      };
    });
  });
}

const columns = ['run', 'step', 'images', 'seconds', 'loss', 'least', 'greatest', 'held_out'];

/** The curves as CSV; where a number is not known its cell is empty. */
export function curvesCsv(runs: readonly Run[]): string {
  const rows = curvePoints(runs).map((point) => Object.values(point).map(cell).join(','));
  return `${[columns.join(','), ...rows].join('\n')}\n`;
}

/** The curves as JSON Lines: an object a line, without what is not known. */
export function curvesJsonLines(runs: readonly Run[]): string {
  const lines = curvePoints(runs).map((point) => {
    const named = Object.values(point).map((value, i) => [columns[i], value]);
    return JSON.stringify(Object.fromEntries(named.filter(([, value]) => value !== null)));
  });
  return `${lines.join('\n')}\n`;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** A spreadsheet must not take a name for a formula. */
function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
