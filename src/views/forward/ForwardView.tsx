import { useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { CodePanel } from '../../panels/code/CodePanel';
import { qSampleSnippet, scheduleSnippet } from '../../panels/code/snippets';
import { scheduleValues, withValues } from '../../panels/code/snippetValues';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { CompareSchedulesPanel } from './CompareSchedulesPanel';
import { DrawSchedulePanel } from './DrawSchedulePanel';
import { StepsAndJumpPanel } from './StepsAndJumpPanel';
import { forwardLabGroup } from './settings';
import { scheduleIdOf } from './state';

/** The forward process taken apart: steps and jump, and what a schedule is. */
export default function ForwardView() {
  return (
    <div className="stack">
      <StepsAndJumpPanel />
      <div className="panels">
        <CompareSchedulesPanel />
        <DrawSchedulePanel />
      </div>
      <ForwardCode />
    </div>
  );
}

function ForwardCode() {
  const values = useValues(forwardLabGroup);
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  const id = scheduleIdOf(values.first, values);
  const known = useMemo(() => {
    const t = Math.min(Math.max(values.t, 1), nSteps) - 1;
    return scheduleValues(createDiffusion(id, nSteps), t);
  }, [id, nSteps, values.t]);
  const snippets = [scheduleSnippet(id, nSteps), qSampleSnippet];
  return <CodePanel snippets={snippets.map((snippet) => withValues(snippet, known))} />;
}
