import type { ObjectiveId } from '../../engine/diffusion/objectives/objectives';
import { CodePanel } from '../../panels/code/CodePanel';
import { pSampleSnippet } from '../../panels/code/snippets';
import { useSampledModel } from '../../panels/model/useModel';
import { useValues } from '../../panels/settings/useSettings';
import { ReverseHeadPanel } from './ReverseHeadPanel';
import { StepPanel } from './StepPanel';
import { reverseStepGroup } from './settings';
import './reverse.css';

/** One step of the reverse process, with every quantity in it. */
export default function ReverseView() {
  return (
    <div className="stack">
      <ReverseHeadPanel />
      <StepPanel />
      <ReverseCode />
    </div>
  );
}

function ReverseCode() {
  const choices = useValues(reverseStepGroup);
  const objective = useSampledModel()?.config.objective ?? 'epsilon';
  return <CodePanel snippets={[pSampleSnippet(objective as ObjectiveId, choices)]} />;
}
