import { columnsOf } from '../../../engine/data/columnsOf';
import { explanations } from '../../../panels/training/explanations';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Explanation } from '../../../ui/controls/Explanation';
import './SamplesFigure.css';
import { counted } from '../../../ui/counted';

/** Samples of the EMA weights, drawn again and again while training, from the same noise each time. */
export function SamplesFigure() {
  const preview = useStore((state) => state.training.preview);
  const classNames = useStore(
    (state) => factsOf(state, state.training.dataset ?? state.values.data.dataset).classNames,
  );
  const byClass = preview !== null && preview.nClasses > 0;
  return (
    <figure className="samples-figure" data-step={preview?.step}>
      <figcaption className="samples-figure__head">
        <span className="samples-figure__name">
          Samples
          <Explanation about="the samples">{explanations.samples}</Explanation>
        </span>
        <span className="samples-figure__step">
          {preview && `your model, ${counted(preview.step, 'step')} · DDIM`}
        </span>
      </figcaption>
      {preview ? (
        <ImageGrid
          {...preview}
          columns={columnsOf(preview.count, preview.nClasses)}
          label={`Samples of the model after ${preview.step.toLocaleString('en')} training steps`}
        />
      ) : (
        <p className="samples-figure__empty">
          Images that the model makes from noise take shape here while it trains.
        </p>
      )}
      {byClass && <p className="note">The classes in turn: {classNames.join(', ')}.</p>}
    </figure>
  );
}
