import { useMemo } from 'react';
import { columnsOf } from '../../engine/data/columnsOf';
import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import { useValues } from '../../panels/settings/useSettings';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { ImageCanvas } from '../../ui/canvasGrid/ImageCanvas';
import { Explanation } from '../../ui/controls/Explanation';
import type { ComparedRun } from './comparisonState';
import { useComparison } from './comparisonState';
import { formatRms } from './formatRms';
import { explanations } from './help';
import { samplersGroup } from './settings';

/** How far apart the finished images are, image by image; the one that differs most is marked. */
export function Difference() {
  const runs = useComparison((state) => state.runs);
  const wanted = useValues(samplersGroup).count;
  const selected = useComparison((state) => state.image);
  const select = useComparison((state) => state.selectImage);
  const [a, b] = [runs?.[0].images ?? null, runs?.[1].images ?? null];
  const difference = useMemo(() => a && b && differenceOf(a, b, runs?.[0] as ComparedRun), [a, b, runs]);
  const columns = columnsOf(runs?.[0].recording.settings.count ?? wanted);
  if (!difference || !runs) {
    return (
      <figure className="samplers-grid">
        <figcaption>
          <b>A − B</b>
        </figcaption>
        <EmptyGrid columns={columns} count={wanted}>
          The difference will be here when both are finished.
        </EmptyGrid>
      </figure>
    );
  }
  const { imageSize: size, imageChannels: channels } = runs[0].recording.model;
  const { images, largest, total } = difference;
  return (
    <figure className="samplers-grid">
      <figcaption>
        <b>A − B</b> RMS <output data-quantity="rms">{formatRms(total)}</output>
        <Explanation about="the difference">{explanations.difference}</Explanation>
      </figcaption>
      <ul
        className="samplers-difference"
        aria-label="Differences of the finished images"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {images.map(({ index, image, rms }) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === selected}
              data-largest={index === largest || undefined}
              aria-label={`Image ${index + 1}: RMS ${formatRms(rms)}${index === largest ? ', the largest' : ''}`}
              onClick={() => select(index)}
            >
              <ImageCanvas image={image} size={size} channels={channels} label="" />
              <span>
                {formatRms(rms)}
                {index === largest && ' ▲'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="note">
        {largest === null ? 'The images are the same.' : `Image ${largest + 1} differs most (▲).`}
      </p>
    </figure>
  );
}

/** (A − B)/2 of each image, so that grey is no difference, and its RMS. */
function differenceOf(a: Float32Array, b: Float32Array, { recording }: ComparedRun) {
  const { count } = recording.settings;
  const length = a.length / count;
  const images = Array.from({ length: count }, (_, index) => {
    const [one, other] = [a, b].map((all) => all.subarray(index * length, (index + 1) * length)) as [
      Float32Array,
      Float32Array,
    ];
    return {
      index,
      image: one.map((value, i) => (value - (other[i] as number)) / 2),
      rms: rmsDifference(one, other),
    };
  });
  const most = images.reduce((largest, image) => (image.rms > largest.rms ? image : largest));
  return { images, largest: most.rms > 0 ? most.index : null, total: rmsDifference(a, b) };
}
