import { useStore } from '../../store/store';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { Explanation } from '../../ui/controls/Explanation';
import { explanations } from './explanations';
import './SamplesFigure.css';

/** Samples of the EMA weights, drawn again and again while training, from the same noise each time. */
export function SamplesFigure() {
  const preview = useStore((state) => state.training.preview);
  return (
    <figure className="samples-figure" data-step={preview?.step}>
      <figcaption className="samples-figure__head">
        <span className="samples-figure__name">
          Samples
          <Explanation about="the samples">{explanations.samples}</Explanation>
        </span>
        <span className="samples-figure__step">
          {preview && `after ${preview.step.toLocaleString('en')} steps`}
        </span>
      </figcaption>
      {preview ? (
        <PictureGrid
          pictures={preview.images}
          count={preview.count}
          size={preview.size}
          channels={preview.channels}
          columns={Math.ceil(Math.sqrt(preview.count))}
          label={`Samples of the model after ${preview.step.toLocaleString('en')} training steps`}
        />
      ) : (
        <p className="samples-figure__empty">
          Pictures that the model makes from noise will take shape here while it trains.
        </p>
      )}
    </figure>
  );
}
