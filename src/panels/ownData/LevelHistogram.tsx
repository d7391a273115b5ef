import { useMemo } from 'react';
import type { LabelledImages } from '../../engine/data/import/buildImages';

const BARS = 64;
/** Levels that are counted at most. */
const COUNTED = 4 * 2 ** 20;

/** How often each level occurs in the images as they will be learned: a wrong range, or inverted images, show here. */
export function LevelHistogram({ built: { levels } }: { built: LabelledImages }) {
  const shares = useMemo(() => sharesOf(levels), [levels]);
  const highest = Math.max(...shares);
  const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;
  const [dark, light] = [shares[0] ?? 0, shares[BARS - 1] ?? 0];
  return (
    <figure className="add-data__histogram">
      <figcaption className="note">
        Levels after import, black to white: {percent(dark)} of them are black or almost, {percent(light)}{' '}
        white or almost. The height of a bar is the square root of its share.
      </figcaption>
      <svg viewBox={`0 0 ${BARS} 16`} preserveAspectRatio="none" role="img" aria-label="Histogram of levels">
        {shares.map((share, bar) => {
          const height = share === 0 ? 0 : Math.max(0.3, 16 * Math.sqrt(share / highest));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
            <rect key={bar} x={bar + 0.1} y={16 - height} width={0.8} height={height} />
          );
        })}
      </svg>
      <div className="row row--between note" aria-hidden>
        <span>0</span>
        <span>255</span>
      </div>
    </figure>
  );
}

function sharesOf(levels: Uint8Array): number[] {
  const counts = new Array<number>(BARS).fill(0);
  // Odd, so that it does not keep step with the rows.
  const step = 2 * Math.floor(levels.length / COUNTED / 2) + 1;
  let all = 0;
  for (let i = 0; i < levels.length; i += step) {
    const bar = (levels[i] as number) >> 2;
    counts[bar] = (counts[bar] as number) + 1;
    all++;
  }
  return counts.map((count) => count / Math.max(1, all));
}
