import { useStore } from '../../store/store';
import { Equation } from '../../ui/controls/Equation';
import { equationOf } from './equationOf';
import './TrainEquation.css';

/** The objective with what its symbols are in this run. */
export function TrainEquation() {
  const objective = useStore(
    ({ training, settings }) => training.model?.config.objective ?? settings.model.objective,
  );
  const nSteps = useStore(({ training, settings }) => training.model?.config.nSteps ?? settings.model.nSteps);
  const batchSize = useStore((state) => state.settings.training.batchSize);
  const { tex, words } = equationOf(objective);
  return (
    <div className="train-equation">
      <Equation tex={tex} label={words} />
      <p className="train-equation__symbols">
        Each step draws{' '}
        <i className="math">
          x<sub>0</sub>
        </i>
        : {batchSize === 1 ? 'a picture' : `${batchSize.toLocaleString('en')} pictures`},{' '}
        <i className="math">t</i>: evenly from 1 to {nSteps.toLocaleString('en')}, <i className="math">ε</i>:
        fresh noise. <i className="math">θ</i> are the weights that learn.
      </p>
    </div>
  );
}
