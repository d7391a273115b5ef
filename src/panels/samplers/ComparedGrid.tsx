import { type Side, stepAtPart } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { columnsOf } from '../../ui/canvasGrid/columnsOf';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { runTitle, sideNames } from './sideNames';

/** x_t, or the guess x̂₀ that led to it. */
export type ShownQuantity = 'x' | 'x0';

interface ComparedGridProps {
  side: Side;
  quantity: ShownQuantity;
}

/** The pictures of one side at the part of the way that is shown. */
export function ComparedGrid({ side, quantity }: ComparedGridProps) {
  const run = useStore((state) => state.comparison.runs?.[side] ?? null);
  const part = useStore((state) => state.comparison.part);
  const wanted = useStore((state) => state.comparison.settings.count);
  const selected = useStore((state) => state.comparison.picture);
  const select = useStore((state) => state.selectComparedPicture);
  const name = `Pictures of ${sideNames[side]}`;
  if (!run) {
    const columns = columnsOf(wanted);
    return (
      <figure className="samplers-grid">
        <figcaption className="samplers-grid__title">
          <b>{sideNames[side]}</b>
        </figcaption>
        <EmptyGrid columns={columns} count={wanted}>
          The pictures of {sideNames[side]} will be here.
        </EmptyGrid>
      </figure>
    );
  }
  const { settings, model, total } = run.recording;
  const step = stepAtPart(run, part);
  return (
    <figure className="samplers-grid" data-step={step.index}>
      <figcaption className="samplers-grid__title">
        <b>{sideNames[side]}</b> {runTitle(settings)}
      </figcaption>
      <PictureGrid
        pictures={(quantity === 'x0' && step.x0) || step.x}
        count={settings.count}
        size={model.imageSize}
        channels={model.imageChannels}
        columns={columnsOf(settings.count)}
        label={name}
        selected={selected}
        onSelect={select}
      />
      <p className="samplers-grid__note">
        Step {step.index.toLocaleString('en')} of {total.toLocaleString('en')},{' '}
        <span className="math">t</span> = {step.t.toLocaleString('en')}
      </p>
    </figure>
  );
}
