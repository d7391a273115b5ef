import { useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import type { ObjectiveId } from '../../engine/diffusion/objectives/objectives';
import { CodePanel } from '../../panels/code/CodePanel';
import { pSampleSnippet } from '../../panels/code/snippets';
import { scheduleValues, withValues } from '../../panels/code/snippetValues';
import { useModelConfig } from '../../panels/model/useModel';
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
  const { objective, schedule, nSteps } = useModelConfig();
  const known = useMemo(() => {
    const t = Math.min(Math.max(choices.t, 1), nSteps) - 1;
    return scheduleValues(createDiffusion(schedule, nSteps), t);
  }, [schedule, nSteps, choices.t]);
  return <CodePanel snippets={[withValues(pSampleSnippet(objective as ObjectiveId, choices), known)]} />;
}
