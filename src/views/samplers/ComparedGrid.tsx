import { columnsOf } from '../../engine/data/columnsOf';
import { useValues } from '../../panels/settings/useSettings';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { type Side, stepAtPart, useComparison } from './comparisonState';
import { samplersGroup } from './settings';
import { runTitle, sideNames } from './sideNames';

/** x_t, or the guess x̂₀ that led to it. */
export type ShownQuantity = 'x' | 'x0';

interface ComparedGridProps {
  side: Side;
  quantity: ShownQuantity;
}

/** The images of one side at the part of the way that is shown. */
export function ComparedGrid({ side, quantity }: ComparedGridProps) {
  const run = useComparison((state) => state.runs?.[side] ?? null);
  const part = useComparison((state) => state.part);
  const wanted = useValues(samplersGroup).count;
  const selected = useComparison((state) => state.image);
  const select = useComparison((state) => state.selectImage);
  const name = `Images of ${sideNames[side]}`;
  if (!run) {
    const columns = columnsOf(wanted);
    return (
      <figure className="samplers-grid">
        <figcaption>
          <b>{sideNames[side]}</b>
        </figcaption>
        <EmptyGrid columns={columns} count={wanted}>
          The images of {sideNames[side]} will be here.
        </EmptyGrid>
      </figure>
    );
  }
  const { settings, model, total } = run.recording;
  const step = stepAtPart(run, part);
  return (
    <figure className="samplers-grid" data-step={step.index}>
      <figcaption>
        <b>{sideNames[side]}</b> {runTitle(settings)}
      </figcaption>
      <ImageGrid
        images={(quantity === 'x0' && step.x0) || step.x}
        count={settings.count}
        size={model.imageSize}
        channels={model.imageChannels}
        columns={columnsOf(settings.count)}
        label={name}
        selected={selected}
        onSelect={select}
      />
      <p className="note">
        Step {step.index.toLocaleString('en')} of {total.toLocaleString('en')},{' '}
        <span className="math">t</span> = {step.t.toLocaleString('en')}
      </p>
    </figure>
  );
}
