import { comparisonFile } from '../../src/views/runs/compare/files';
import { runColours } from '../../src/views/runs/compare/lines';
import { differingSettings, metrics, type TableRow } from '../../src/views/runs/compare/table';
import type { Run } from '../../src/views/runs/record/run';
import { defineCommand } from '../command';
import { UsageError } from '../errors';
import { comparedRuns } from '../log/comparedRuns';
import { curvesPng } from '../log/curvesPng';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { textTable } from '../textTable';

export const command = defineCommand({
  summary: 'Compares training runs: the settings that differ, the losses, and a plot of the curves.',
  files: 'Logs of train --log, or files of runs that the page exported',
  options: {
    out: {
      value: 'FILE',
      description: 'A .png gets the curves; a .json the runs, for “Open a comparison” in the page.',
      multiple: true,
    },
    ...forceOption,
  },

  async run({ out: paths, force }, { files, tell }) {
    for (const path of paths)
      if (!/\.(png|json)$/i.test(path))
        throw new UsageError(`--out must end in .png or .json, not '${path}'.`);
    await checkOutputs({ '--out': paths }, { FILE: files }, { force });
    const runs = await comparedRuns(files);
    const [settings, measures] = [differingSettings(runs), metrics(runs)];
    for (const path of paths)
      await writeBytes(path, isPng(path) ? curvesPng(runs) : new TextEncoder().encode(comparisonFile(runs)));
    const facts = {
      runs: runs.map(({ facts: { name, step, seconds, loss, heldOut, diverged, dataset, settings } }) => ({
        ...{ name, dataset, step, seconds, loss, held_out: heldOut, diverged, settings },
      })),
      differing: Object.fromEntries(settings.map(({ name, cells }) => [name, cells])),
      out: paths,
    };
    tell(facts, textOf(runs, settings, measures, paths.some(isPng)));
  },
});

function isPng(path: string): boolean {
  return /\.png$/i.test(path);
}

function textOf(runs: readonly Run[], settings: TableRow[], measures: TableRow[], isDrawn: boolean): string {
  const row = (name: string, cell: (run: Run, i: number) => string) => [name, ...runs.map(cell)];
  const differ = settings.length > 0 ? settings : [{ name: 'No setting differs', cells: [] }];
  return textTable([
    row('', ({ facts }) => facts.name),
    ...differ.map(({ name, cells }) => [name, ...cells]),
    [],
    ...measures.map(({ name, cells }) => [name, ...cells]),
    ...(!isDrawn ? [] : [[], row('Colour', ({ facts }, i) => colourWords(facts.colour, i))]),
  ]);
}

/** The seventh run has the colour of the first again, and is dashed. */
function colourWords(colour: number, index: number): string {
  return `${runColours[colour]}${index < runColours.length ? '' : ', dashed'}`;
}
