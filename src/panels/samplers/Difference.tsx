import { useMemo } from 'react';
import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import type { ComparedRun } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { columnsOf } from '../../ui/canvasGrid/columnsOf';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
import { Explanation } from '../../ui/controls/Explanation';
import { explanations } from './explanations';
import { formatRms } from './formatRms';

/** How far apart the finished pictures are, picture by picture; the one that differs most is marked. */
export function Difference() {
  const runs = useStore((state) => state.comparison.runs);
  const wanted = useStore((state) => state.comparison.settings.count);
  const selected = useStore((state) => state.comparison.picture);
  const select = useStore((state) => state.selectComparedPicture);
  const [a, b] = [runs?.[0].pictures ?? null, runs?.[1].pictures ?? null];
  const difference = useMemo(() => a && b && differenceOf(a, b, runs?.[0] as ComparedRun), [a, b, runs]);
  const columns = columnsOf(runs?.[0].recording.settings.count ?? wanted);
  if (!difference || !runs) {
    return (
      <figure className="samplers-grid">
        <figcaption className="samplers-grid__title">
          <b>A − B</b>
        </figcaption>
        <EmptyGrid columns={columns} count={wanted}>
          The difference will be here when both are finished.
        </EmptyGrid>
      </figure>
    );
  }
  const { imageSize: size, imageChannels: channels } = runs[0].recording.model;
  const { pictures, largest, total } = difference;
  return (
    <figure className="samplers-grid">
      <figcaption className="samplers-grid__title">
        <b>A − B</b> RMS <output data-quantity="rms">{formatRms(total)}</output>
        <Explanation about="the difference">{explanations.difference}</Explanation>
      </figcaption>
      <ul
        className="samplers-difference"
        aria-label="Differences of the finished pictures"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {pictures.map(({ index, picture, rms }) => (
          <li key={index}>
            <button
              type="button"
              className="samplers-difference__picture"
              aria-pressed={index === selected}
              data-largest={index === largest || undefined}
              aria-label={`Picture ${index + 1}: RMS ${formatRms(rms)}${index === largest ? ', the largest' : ''}`}
              onClick={() => select(index)}
            >
              <PictureCanvas picture={picture} size={size} channels={channels} label="" />
              <span>
                {formatRms(rms)}
                {index === largest && ' ▲'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="samplers-grid__note">
        {largest === null ? 'The pictures are the same.' : `Picture ${largest + 1} differs most (▲).`}
      </p>
    </figure>
  );
}

/** (A − B)/2 of each picture, so that grey is no difference, and its RMS. */
function differenceOf(a: Float32Array, b: Float32Array, { recording }: ComparedRun) {
  const { count } = recording.settings;
  const length = a.length / count;
  const pictures = Array.from({ length: count }, (_, index) => {
    const [one, other] = [a, b].map((all) => all.subarray(index * length, (index + 1) * length)) as [
      Float32Array,
      Float32Array,
    ];
    return {
      index,
      picture: one.map((value, i) => (value - (other[i] as number)) / 2),
      rms: rmsDifference(one, other),
    };
  });
  const most = pictures.reduce((largest, picture) => (picture.rms > largest.rms ? picture : largest));
  return { pictures, largest: most.rms > 0 ? most.index : null, total: rmsDifference(a, b) };
}
