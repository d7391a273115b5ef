import { type BackendName, backendTitles } from '../../../engine/backend/report';
import { at } from '../../../settings/path';
import { counted } from '../../../ui/counted';
import { formatDuration } from '../../../ui/formatDuration';
import { formatPercent } from '../../../ui/formatMeasure';
import { formatRate } from '../../../ui/formatRate';
import type { Run, RunQuality } from '../record/run';
import { differenceWords, learningRows, settingWords } from '../record/settingDifferences';
import { axisOf } from './axes';

/** A line of a table with a cell a run. */
export interface TableRow {
  name: string;
  cells: string[];
}

/** The settings that are not the same in all runs. */
export function differingSettings(runs: readonly Run[]): TableRow[] {
  const rows = [
    { name: 'Data set', cells: runs.map(({ facts }) => facts.title) },
    ...Object.entries(learningRows).map(([path, row]) => ({
      name: row.label,
      cells: runs.map(({ facts }) => settingWords(row, at(facts.settings, path))),
    })),
    { name: 'Changed on the way', cells: runs.map(marksOf) },
  ];
  return rows.filter(({ cells }) => new Set(cells).size > 1);
}

/** How far each run came, how well, and how fast. */
export function metrics(runs: readonly Run[]): TableRow[] {
  const row = (name: string, cell: (run: Run) => string) => ({ name, cells: runs.map(cell) });
  return [
    row('Steps', ({ facts }) => facts.step.toLocaleString('en')),
    row('Images seen', (run) => Math.round(axisOf(run, 'images')(run.facts.step)).toLocaleString('en')),
    row('Training loss, last 100 steps', ({ facts }) => lossWords(facts.loss)),
    row('Held-out loss, last', ({ facts }) => lossWords(facts.heldOut)),
    row('Held-out loss, best', ({ body }) => {
      const known = body.heldOut.map(({ loss }) => loss).filter(Number.isFinite);
      return lossWords(known.length > 0 ? Math.min(...known) : null);
    }),
    ...qualityRows(runs),
    row('Time in training', ({ facts }) => formatDuration(facts.seconds)),
    row('Steps a second', ({ body }) => rateWords(body.times)),
    row('Parameters', ({ facts }) => facts.parameters.toLocaleString('en')),
    row('Backend', ({ facts }) => backendTitles[facts.backend as BackendName] ?? (facts.backend || '–')),
    row('Device', ({ facts }) => facts.device || '–'),
    row('Ended', ({ facts }) => (facts.diverged ? `diverged after ${counted(facts.step, 'step')}` : 'sound')),
  ];
}

/** The last measurement of each run, where any run has one. */
function qualityRows(runs: readonly Run[]): TableRow[] {
  const last = runs.map(({ facts }) => facts.quality.at(-1));
  if (last.every((one) => one === undefined)) return [];
  const row = (name: string, cell: (quality: RunQuality) => string) => ({
    name,
    cells: last.map((one) => (one ? cell(one) : '–')),
  });
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share));
  return [
    row('Fréchet distance', ({ frechet }) =>
      frechet === null ? '–' : frechet < 10 ? frechet.toFixed(2) : frechet.toFixed(1),
    ),
    row('Precision', ({ precision }) => percent(precision)),
    row('Recall', ({ recall }) => percent(recall)),
    row('Memorised', ({ memorised }) => percent(memorised)),
    row('Evaluated', ({ count, step }) => `${count} samples, step ${step.toLocaleString('en')}`),
  ];
}

function marksOf({ body }: Run): string {
  if (body.marks.length === 0) return '–';
  return body.marks
    .map((mark) => `${differenceWords(mark)} after step ${mark.step.toLocaleString('en')}`)
    .join('; ');
}

function lossWords(loss: number | null): string {
  return loss === null ? '–' : loss.toFixed(4);
}

function rateWords(times: Run['body']['times']): string {
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last || !(last.seconds > first.seconds)) return '–';
  return formatRate((last.step - first.step) / (last.seconds - first.seconds));
}
