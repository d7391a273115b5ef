import { useStore } from '../../../store/store';
import { Equation } from '../../../ui/controls/Equation';
import { MathSymbol } from '../../../ui/WithSubscripts';
import { equationOf } from './equationOf';
import './TrainEquation.css';

/** The objective with what its symbols are in this run. */
export function TrainEquation() {
  const objective = useStore(
    ({ training, values }) => training.model?.config.objective ?? values.settings.model.objective,
  );
  const nSteps = useStore(
    ({ training, values }) => training.model?.config.nSteps ?? values.settings.model.nSteps,
  );
  const batchSize = useStore((state) => state.values.settings.training.batchSize);
  const { tex, words, network } = equationOf(objective);
  return (
    <div className="train-equation">
      <Equation tex={tex} label={words} />
      <ul className="train-equation__symbols" aria-label="What a step draws">
        <li>
          <MathSymbol text="x_0" />{' '}
          {batchSize === 1 ? 'an image' : `${batchSize.toLocaleString('en')} images`}
        </li>
        <li>
          <i className="math">t</i> uniform on 1 … {nSteps.toLocaleString('en')}
        </li>
        <li>
          <i className="math">ε</i> fresh noise
        </li>
        <li>
          <i className="math">
            {network}
            <sub>θ</sub>
          </i>{' '}
          the U-Net, <i className="math">θ</i> its weights
        </li>
      </ul>
    </div>
  );
}
