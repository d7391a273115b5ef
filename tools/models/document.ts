import { withBlock } from '../../bench/document';
import { table } from '../../bench/table';
import { datasets } from '../../src/engine/data/datasets';
import { formatBytes } from '../../src/engine/formatBytes';
import {
  type Between,
  type PointsMeasures,
  pointsSheetName,
  type ShippedMeasures,
  sheetName,
  type shippedMeasures,
} from '../../src/engine/models/shippedMeasures';
import { type ShippedModel, type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import { pointSets } from '../../src/engine/points/sets/pointSets';
import type { ShippedPointsId } from '../../src/engine/points/shippedPoints';
import { formatBetween, formatPercent } from '../../src/ui/formatMeasure';

/** The document with tables and contact sheets between its markers; `images` is the way to them from its folder. */
export function withTables(
  document: string,
  { models, points }: Pick<typeof shippedMeasures, 'models' | 'points'>,
  images: string,
): string {
  const modelRows = (Object.entries(models) as [ShippedModelId, ShippedMeasures][]).map(modelRow);
  const pointRows = (Object.entries(points) as [ShippedPointsId, PointsMeasures][]).map(pointsRow);
  const sheets = (Object.keys(models) as ShippedModelId[]).map((id) => sheet(id, images));
  const planes = (Object.keys(points) as ShippedPointsId[]).map(
    (set) => `![Samples of the model of ${pointSets[set].title}](${images}/${pointsSheetName(set)})`,
  );
  return [
    ['models', table(modelHead, modelRows, 'markdown')],
    ['points', table(pointsHead, pointRows, 'markdown')],
    ['sheets', sheets.join('\n\n')],
    ['planes', planes.join('\n')],
  ].reduce((text, [name, part]) => withBlock(text, name as string, part as string), document);
}

const modelHead = [
  'model',
  'steps',
  'training time',
  'parameters',
  'file',
  'training loss',
  'held-out loss',
  'samples',
  'Fréchet distance',
  'precision',
  'recall',
  'memorised',
];

function modelRow([id, one]: [ShippedModelId, ShippedMeasures]): string[] {
  const { title, dataset } = shippedModels[id];
  return [
    `${title} (${datasets[dataset].imageSize}×${datasets[dataset].imageSize}${datasets[dataset].channels === 3 ? ' RGB' : ''})`,
    one.steps.toLocaleString('en'),
    one.seconds === null ? '–' : minutes(one.seconds),
    one.parameters.toLocaleString('en'),
    formatBytes(one.bytes),
    one.trainingLoss.toFixed(4),
    one.heldOutLoss.toFixed(4),
    String(one.samples),
    between(one.frechet, (value) => value.toFixed(2)),
    between(one.precision, formatPercent),
    between(one.recall, formatPercent),
    formatPercent(one.memorised),
  ];
}

const pointsHead = [
  'points',
  'steps',
  'training time',
  'parameters',
  'file',
  'loss',
  'field error',
  'samples',
  'energy distance',
];

function pointsRow([set, one]: [ShippedPointsId, PointsMeasures]): string[] {
  return [
    pointSets[set].title,
    one.steps.toLocaleString('en'),
    minutes(one.seconds),
    one.parameters.toLocaleString('en'),
    formatBytes(one.bytes),
    one.loss.toFixed(4),
    one.error.toFixed(3),
    one.samples.toLocaleString('en'),
    between(one.distance, (value) => value.toFixed(4)),
  ];
}

function sheet(id: ShippedModelId, images: string): string {
  const { title, dataset, config }: ShippedModel = shippedModels[id];
  const { classNames } = datasets[dataset];
  const columns = config.nClasses ? ` A column each: ${classNames.join(', ')}.` : '';
  return `**${title}.**${columns}\n\n![Samples of the model ${title}](${images}/${sheetName(id)})`;
}

function between(values: Between | null, format: (value: number) => string): string {
  if (!values) return '–';
  const [floor, model, ceiling] = formatBetween(values, format);
  return `${floor} / **${model}** / ${ceiling}`;
}

function minutes(seconds: number): string {
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
