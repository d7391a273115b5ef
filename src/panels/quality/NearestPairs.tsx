import { memo, useMemo, useState } from 'react';
import type { JudgedModel } from '../../store/qualitySlice';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
import { Button } from '../../ui/controls/Button';
import './NearestPairs.css';

/** Pairs that are shown at first. */
const FIRST = 36;

/** Every sample with its nearest training picture below it, the nearest pair first. */
export const NearestPairs = memo(function NearestPairs({ result }: { result: JudgedModel }) {
  const { samples, nearest, distances, novelty, shape } = result;
  const [all, setAll] = useState(false);
  const length = shape.size ** 2 * shape.channels;
  const order = useMemo(
    () => Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number)),
    [distances],
  );
  const picture = (of: Float32Array, index: number) => of.subarray(index * length, (index + 1) * length);
  return (
    <div className="pairs">
      <ol className="pairs__grid" aria-label="Samples with their nearest training pictures">
        {order.slice(0, all ? undefined : FIRST).map((index) => {
          const distance = distances[index] as number;
          const memorised = distance < novelty.threshold;
          return (
            <li key={index} className="pairs__pair" data-memorised={memorised} data-sample={index}>
              <PictureCanvas {...shape} picture={picture(samples, index)} label={`Sample ${index + 1}`} />
              <PictureCanvas
                {...shape}
                picture={picture(nearest, index)}
                label="Its nearest training picture"
              />
              <span className="pairs__distance" data-quantity="distance">
                {distance.toFixed(3)}
              </span>
              {memorised && <span className="pairs__mark">copy?</span>}
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
