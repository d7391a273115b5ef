import { shippedModels } from '../../engine/models/shippedModels';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { type MeasureDefinition, measures } from './measures';
import './MeasuresTable.css';

/** Every measure with its definition, between what real pictures and what noise would have. */
export function MeasuresTable() {
  const result = useStore((state) => state.quality.result);
  return (
    <div className="measures">
      <table className="measures__table">
        <caption className="visually-hidden">Measures of the samples</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">
              <span className="measures__head">
                Real
                <Explanation about="the column of real pictures">
                  <p>
                    The same measure of as many held-out pictures, which are real and new: the mean of eight
                    draws of them. No honest model does better, but by luck.
                  </p>
                  <p>For the held-out loss, the loss on training pictures instead.</p>
                </Explanation>
              </span>
            </th>
            <th scope="col">Samples</th>
            <th scope="col">
              <span className="measures__head">
                Noise
                <Explanation about="the column of noise">
                  <p>The same of as many pictures of pure noise: what sampling starts from.</p>
                  <p>For the held-out loss, that of always guessing 0.</p>
                </Explanation>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(measures).map(([id, measure]) => (
            <Measure key={id} id={id} measure={measure} />
          ))}
        </tbody>
      </table>
      {result ? <OfWhat /> : <p className="field__note">Judge a model, and its numbers stand here.</p>}
    </div>
  );
}

function Measure({ id, measure }: { id: string; measure: MeasureDefinition }) {
  const result = useStore((state) => state.quality.result);
  const { title, better, meaning, tex, words, format, values } = measure;
  const { floor, model, ceiling } = result ? values(result) : { floor: null, model: null, ceiling: null };
  const text = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <>
      <tr data-quantity={id}>
        <th scope="row">
          {title}
          <small className="measures__better">{better} is better</small>
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
          <div className="measures__equation">
            <Equation tex={tex} label={words} />
          </div>
        </td>
      </tr>
    </>
  );
}

/** What the numbers are of, and what they are worth. */
function OfWhat() {
  const result = useStore((state) => state.quality.result);
  const title = useStore((state) => result && factsOf(state, result.dataset).title);
  if (!result) return null;
  const { judged, count, features, sawHeldOut } = result;
  const steps = judged.trainedSteps.toLocaleString('en');
  return (
    <div className="measures__notes">
      <p>
        {judged.shipped
          ? `The ready-made model “${shippedModels[judged.shipped].title}”`
          : `Your model of ${title}`}{' '}
        after {steps} training steps, N = {count}.{' '}
        {features
          ? `Features are 32 numbers that a small network knows of a picture before it names its class; it names ${(100 * features.accuracy).toFixed(1)} % of the held-out pictures rightly.`
          : 'No network has learned these pictures, so there are no features to compare.'}
      </p>
      {sawHeldOut && (
        <p data-quantity="saw-held-out">
          This model learned from all pictures, the held-out ones included: its held-out loss says nothing
          about new pictures, and its samples are compared with all of them.
        </p>
      )}
    </div>
  );
}
