import { memo, useMemo, useState } from 'react';
import { ImageCanvas } from '../../ui/canvasGrid/ImageCanvas';
import { Button } from '../../ui/controls/Button';
import type { EvaluatedModel } from './state';

/** Pairs that are shown at first. */
const FIRST = 36;

/** Every sample with its nearest training image below it, the nearest pair first. */
export const NearestPairs = memo(function NearestPairs({ result }: { result: EvaluatedModel }) {
  const { samples, nearest, distances, novelty, shape } = result;
  const [all, setAll] = useState(false);
  const length = shape.size ** 2 * shape.channels;
  const order = useMemo(
    () => Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number)),
    [distances],
  );
  const image = (of: Float32Array, index: number) => of.subarray(index * length, (index + 1) * length);
  return (
    <div className="stack gap-3">
      <ol className="pairs" aria-label="Samples with their nearest training images">
        {order.slice(0, all ? undefined : FIRST).map((index) => {
          const distance = distances[index] as number;
          const memorised = distance < novelty.threshold;
          return (
            <li key={index} data-memorised={memorised} data-sample={index}>
              <ImageCanvas {...shape} image={image(samples, index)} label={`Sample ${index + 1}`} />
              <ImageCanvas {...shape} image={image(nearest, index)} label="Its nearest training image" />
              <span data-quantity="distance">{distance.toFixed(3)}</span>
              {memorised && <b>copy?</b>}
            </li>
          );
        })}
      </ol>
      {order.length > FIRST && (
        <div>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? `Show the nearest ${FIRST}` : `Show all ${order.length}`}
          </Button>
        </div>
      )}
    </div>
  );
});
