import { MOST_CLASSES } from './buildImages';
import type { Imported } from './importImages';
import type { LevelRange } from './levels';
import { type LeftOut, sentenceOf } from './pixels';

/** What was understood of files, as facts. */
export interface ImportReport {
  count: number;
  image_size: number;
  channels: number;
  classes: { name: string; count: number }[];
  left_out: LeftOut[];
  /** Images in the files, and those of them that were taken. */
  total: number;
  taken: number;
  /** The lowest and highest value that was found, and which values are black and white. */
  range: { low: number; high: number; black: number; white: number };
}

export function reportOf({ built, sets, leftOut, total, taken }: Imported): ImportReport {
  const { count, imageSize, channels, classNames, labels } = built;
  const counts = classNames.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return {
    count,
    image_size: imageSize,
    channels,
    classes: classNames.map((name, label) => ({ name, count: counts[label] as number })),
    left_out: leftOut,
    total,
    taken,
    range: rangeOf(sets.flatMap(({ range }) => range ?? [])),
  };
}

/** Image files have levels; arrays and tables the range that was found, of the first of them where there are several. */
function rangeOf([first]: readonly LevelRange[]): ImportReport['range'] {
  const { low, high, black, white } = first ?? { low: 0, high: 255, black: 0, white: 255 };
  return { low, high, black, white };
}

/** A report in one line. */
export function reportLine(report: ImportReport): string {
  const { count, total, taken, image_size: size, channels, left_out: leftOut } = report;
  const parts = [
    `${number(count)}${taken < total ? ` of ${number(total)} images, evenly by class,` : count === 1 ? ' image' : ' images'} of ` +
      `${size}×${size} in ${channels === 1 ? 'grey' : 'RGB'}`,
    `values ${rangeText(report.range)}`,
    classText(report.classes),
  ];
  if (leftOut.length > 0) {
    const some = leftOut.slice(0, 3).map((one) => sentenceOf(one).replace(/\.$/, ''));
    parts.push(
      `left out: ${some.join(', ')}${leftOut.length > 3 ? ` and ${number(leftOut.length - 3)} more` : ''}`,
    );
  }
  return parts.join('; ');
}

/** "0 … 16", and which values are black and white where others are. */
export function rangeText({ low, high, black, white }: ImportReport['range']): string {
  const found = `${decimal(low)} … ${decimal(high)}`;
  return low === black && high === white
    ? found
    : `${found} (${decimal(black)} is black, ${decimal(white)} is white)`;
}

function classText(classes: ImportReport['classes']): string {
  if (classes.length < 2) return 'no classes';
  const some = classes.slice(0, 10).map(({ name, count }) => `${name} ${number(count)}`);
  const rest = classes.length > some.length ? ', …' : '';
  const many = classes.length > MOST_CLASSES ? `, more than the ${MOST_CLASSES} that a model can learn` : '';
  return `${number(classes.length)} classes${many} (${some.join(', ')}${rest})`;
}

const number = (value: number) => value.toLocaleString('en');
const decimal = (value: number) =>
  Number.isInteger(value)
    ? number(value).replace('-', '−')
    : String(Number(value.toPrecision(4))).replace('-', '−');
