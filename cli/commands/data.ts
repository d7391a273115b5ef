import { toImages } from '../../src/engine/data/dataset';
import { datasetAsNpz } from '../../src/engine/data/export/exportDataset';
import type { BuiltImages } from '../../src/engine/data/import/buildImages';
import { limits } from '../../src/engine/data/import/pixels';
import { type ImportReport, rangeText, reportOf } from '../../src/engine/data/import/report';
import { evenSelection } from '../../src/engine/data/import/selection';
import { defineCommand } from '../command';
import { importOptions } from '../crop';
import { UsageError } from '../errors';
import { isAddress } from '../fetchedFiles';
import { gridPng } from '../imageGrid';
import { wholeNumber } from '../numbers';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { importPath, tellLeftOut } from '../ownData';

/** Images of a grid at most. */
const IN_GRID = 400;
/** Classes that the text lists. */
const LISTED = 40;

export const command = defineCommand({
  summary:
    'Says what files of your own are understood to hold: images, size, levels, classes, and what was left out.',
  file: 'A folder, a file or an archive of images, arrays or tables, or https addresses.',
  options: {
    ...importOptions,
    out: {
      value: 'FILE',
      description: '.npz: `images` uint8 [N,H,W] or [N,H,W,C] and `labels`; .png: a grid of images.',
      multiple: true,
    },
    ...forceOption,
  },

  async run({ crop, limit, out, force }, { file, tell }) {
    const most = limit === undefined ? limits.images : wholeNumber('limit', limit, 1);
    const strange = out.find((path) => !/\.(npz|png)$/i.test(path));
    if (strange !== undefined) throw new UsageError(`--out must end in .npz or .png, not '${strange}'.`);
    await checkOutputs({ '--out': out }, isAddress(file) ? {} : { FILE: file }, { force });
    const imported = await importPath(file, crop ?? 'centre', { shape: 'own', limit: most });
    const report = reportOf(imported);
    tellLeftOut(report.left_out);
    for (const path of out)
      await writeBytes(path, /\.npz$/i.test(path) ? datasetAsNpz(imported.built) : gridOf(imported.built));
    tell({ ...report }, textOf(file, report));
    return undefined;
  },
});

function gridOf({ levels, labels, imageSize, channels }: BuiltImages): Uint8Array {
  const shown = evenSelection(labels, IN_GRID);
  const length = imageSize ** 2 * channels;
  const chosen = new Uint8Array(shown.length * length);
  shown.forEach((image, i) => {
    chosen.set(levels.subarray(image * length, (image + 1) * length), i * length);
  });
  return gridPng({ images: toImages(chosen, 255), count: shown.length, size: imageSize, channels });
}

function textOf(file: string, report: ImportReport): string {
  const { count, total, taken, image_size: size, channels, classes, left_out: leftOut } = report;
  const number = (value: number) => value.toLocaleString('en');
  const rows: [string, string][] = [
    ['images', taken < total ? `${number(count)} of ${number(total)}, evenly by class` : number(count)],
    ['size', `${size}×${size}`],
    ['channels', channels === 1 ? '1 (grey)' : `${channels} (RGB)`],
    ['range', `values ${rangeText(report.range)}`],
    ['classes', classes.length < 2 ? 'none' : number(classes.length)],
  ];
  const lines = [file, ...rows.map(([name, value]) => `  ${name.padEnd(8)}  ${value}`)];
  if (classes.length > 1)
    lines.push(
      ...classes.slice(0, LISTED).map(({ name, count: images }) => `    ${name}: ${number(images)}`),
    );
  if (classes.length > LISTED) lines.push(`    … ${number(classes.length - LISTED)} more`);
  if (leftOut.length > 0) lines.push(`  left out  ${number(leftOut.length)}, named above`);
  return lines.join('\n');
}
