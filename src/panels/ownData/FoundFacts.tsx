import type { LabelledImages } from '../../engine/data/import/buildImages';
import { rangeText } from '../../engine/data/import/report';
import { useCollection } from '../../store/ownData/useCollection';

const number = (value: number) => value.toLocaleString('en');

/** What the files were understood to hold, in a few facts. */
export function FoundFacts({ built }: { built: LabelledImages }) {
  const { total, ranges, tooManyClasses } = useCollection((state) => state.found);
  const refused = useCollection((state) => state.refused);
  const limit = useCollection((state) => state.limit);
  const { count, imageSize, channels, classNames } = built;
  const facts: [name: string, value: string][] = [
    ['Images', countText(count, total, limit)],
    ['Size', `${imageSize}×${imageSize}, ${channels === 3 ? 'RGB' : 'grey'}`],
    ...ranges.map((range): [string, string] => ['Values found', rangeText(range)]),
    ['Classes', classesText(classNames.length, tooManyClasses)],
    ...(refused.length > 0 ? [['Left out', number(refused.length)] as [string, string]] : []),
  ];
  return (
    <dl className="add-data__facts" aria-label="What was found">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt className="note">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function countText(count: number, total: number, limit: number): string {
  if (count >= total) return number(count);
  return `${number(count)} of ${number(total)}${total > limit ? ', evenly by class' : ''}`;
}

function classesText(classes: number, tooMany: number | null): string {
  if (tooMany !== null) return `none: ${number(tooMany)} are more than the 100 that a model can learn`;
  return classes < 2 ? 'none' : number(classes);
}
