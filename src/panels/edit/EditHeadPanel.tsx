import { Panel } from '../../ui/controls/Panel';
import { DatasetChoice } from '../data/DatasetChoice';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { useEditingProblem } from '../model/useEditingProblem';
import { useSampledModel } from '../model/useModel';

/** Whose model edits, and pictures of what. */
export function EditHeadPanel() {
  const problem = useEditingProblem();
  // Where there is no model, the choice says it.
  const model = useSampledModel();
  return (
    <Panel
      id="edit"
      title="Edit"
      lead="A trained model does more than draw from nothing: it draws between pictures, over them, and into their holes. Nothing is trained for it."
    >
      <div className="desk-head">
        <DatasetChoice />
        <div className="desk__column">
          <ModelOriginChoice />
          {model && problem && (
            <p className="field__note" role="status">
              {problem}
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}
