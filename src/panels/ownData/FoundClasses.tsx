import { useMemo, useState } from 'react';
import type { LabelledImages } from '../../engine/data/import/buildImages';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { Button } from '../../ui/controls/Button';
import { classCounts } from '../data/examples';

/** Images of each class that are shown. */
const EXAMPLES = 5;
/** Classes that are shown before the user asks for all. */
const FEW = 10;

/** The classes that were found: name, number of images, and the first of these. */
export function FoundClasses({ built }: { built: LabelledImages }) {
  const { levels, labels, classNames, imageSize, channels } = built;
  const counts = useMemo(() => classCounts(labels, classNames.length), [labels, classNames]);
  const [isWhole, setWhole] = useState(false);
  const examples = useMemo(() => {
    const first = firstOfClasses(labels, classNames.length);
    const length = imageSize ** 2 * channels;
    return first.map((indices) =>
      Uint8ClampedArray.from(
        indices.flatMap((index) => [...levels.subarray(index * length, (index + 1) * length)]),
      ),
    );
  }, [levels, labels, classNames, imageSize, channels]);
  if (classNames.length < 2)
    return <p className="note">No classes: put the images of each class into a folder of its own.</p>;
  const shown = isWhole ? classNames : classNames.slice(0, FEW);
  return (
    <div className="stack gap-2">
      <ul className="add-data__classes" aria-label="Classes">
        {shown.map((name, label) => (
          <li key={name}>
            <span className="add-data__class">
              {name} <span className="note">{counts[label]?.toLocaleString('en')}</span>
            </span>
            <ImageGrid
              images={examples[label] as Uint8ClampedArray}
              count={Math.min(EXAMPLES, counts[label] ?? 0)}
              size={imageSize}
              channels={channels}
              columns={EXAMPLES}
              label={`First images of the class ${name}`}
            />
          </li>
        ))}
      </ul>
      {classNames.length > FEW && (
        <Button onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Show ${FEW} classes` : `Show all ${classNames.length} classes`}
        </Button>
      )}
    </div>
  );
}

function firstOfClasses(labels: Uint8Array, classes: number): number[][] {
  const first = Array.from({ length: classes }, (): number[] => []);
  let missing = classes * EXAMPLES;
  for (let i = 0; i < labels.length && missing > 0; i++) {
    const own = first[labels[i] as number];
    if (!own || own.length >= EXAMPLES) continue;
    own.push(i);
    missing--;
  }
  return first;
}
