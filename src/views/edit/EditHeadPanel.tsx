import { DataAndModel } from '../../panels/model/DataAndModel';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useSampledModel } from '../../panels/model/useModel';
import { Panel } from '../../ui/controls/Panel';

/** Whose model edits, and images of what. */
export function EditHeadPanel() {
  const problem = useEditingProblem();
  // Where there is no model, the choice says it.
  const model = useSampledModel();
  return (
    <Panel
      id="edit"
      title="Edit"
      lead="A trained model can also interpolate between images, redraw a sketch and fill in missing parts, with no extra training."
    >
      <DataAndModel obstacle={model !== null && problem} />
    </Panel>
  );
}
