import { shippedModels } from '../../engine/models/shippedModels';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { counted } from '../../ui/counted';
import { type MeasureDefinition, measures } from './measures';
import { useQuality } from './state';

/** Every measure with its definition, between what real images and what noise would have. */
export function MeasuresTable() {
  const result = useQuality((state) => state.result);
  return (
    <div className="stack gap-3">
      <table className="table measures">
        <caption className="visually-hidden">Measures of the samples</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">
              Real
              <Explanation about="the column of real images">
                <p>
                  The same measure of as many held-out images, which are real and new: the mean of eight draws
                  of them. No honest model does better, but by luck.
                </p>
                <p>For the held-out loss, the loss on training images instead.</p>
              </Explanation>
            </th>
            <th scope="col">Samples</th>
            <th scope="col">
              Noise
              <Explanation about="the column of noise">
                <p>The same of as many images of pure noise: what sampling starts from.</p>
                <p>For the held-out loss, that of always guessing 0.</p>
              </Explanation>
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(measures).map(([id, measure]) => (
            <Measure key={id} id={id} measure={measure} />
          ))}
        </tbody>
      </table>
      {result ? <OfWhat /> : <p className="note">Evaluate a model to see its metrics here.</p>}
    </div>
  );
}

function Measure({ id, measure }: { id: string; measure: MeasureDefinition }) {
  const result = useQuality((state) => state.result);
  const { title, better, meaning, tex, words, format, values } = measure;
  const { floor, model, ceiling } = result ? values(result) : { floor: null, model: null, ceiling: null };
  const text = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <>
      <tr data-quantity={id}>
        <th scope="row">
          {title}
          <small>{better} is better</small>
        </th>
        <td data-of="floor">{text(floor)}</td>
        <td data-of="model" className="measures__model">
          {text(model)}
        </td>
        <td data-of="ceiling">{text(ceiling)}</td>
      </tr>
      <tr className="measures__definition">
        <td colSpan={4}>
          <p>{meaning}</p>
          <Equation tex={tex} label={words} />
        </td>
      </tr>
    </>
  );
}

/** What the numbers are of, and what they are worth. */
function OfWhat() {
  const result = useQuality((state) => state.result);
  const title = useStore((state) => result && factsOf(state, result.dataset).title);
  if (!result) return null;
  const { model, count, features, sawHeldOut } = result;

  return (
    <div className="note">
      <p>
        {model.shipped
          ? `The pretrained model “${shippedModels[model.shipped].title}”`
          : `Your model of ${title}`}{' '}
        after {counted(model.trainedSteps, 'training step')}, N = {count}.{' '}
        {features
          ? `The features are the last 32 activations of a small classifier, which names the class of ${(100 * features.accuracy).toFixed(1)} % of the held-out images correctly.`
          : 'No classifier was trained on these images, so there are no features to compare.'}
      </p>
      {sawHeldOut && (
        <p data-quantity="saw-held-out">
          This model was trained on all images, the held-out ones included. Its held-out loss says nothing
          about new images, and its samples are compared with all images.
        </p>
      )}
    </div>
  );
}
