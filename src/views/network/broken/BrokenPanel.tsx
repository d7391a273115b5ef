import { useMemo } from 'react';
import { DrawOrStop } from '../../../panels/model/DrawOrStop';
import { StudyProgress } from '../../../panels/model/StudyProgress';
import { Explanation } from '../../../ui/controls/Explanation';
import { Panel } from '../../../ui/controls/Panel';
import { useBroken } from '../brokenState';
import { explanations } from '../explanations';
import { useChosenProblem } from '../model/useChosenModel';
import { useInside, useNetworkSettings } from '../useInside';
import { BrokenErrors } from './BrokenErrors';
import { BrokenPrediction } from './BrokenPrediction';
import { BrokenSamples } from './BrokenSamples';
import { Parts } from './Parts';

const words = {
  idle: 'Nothing compared yet',
  running: 'Comparing',
  finished: 'The networks are compared',
  unit: 'step',
};

/** Parts of the network are switched off or changed, and everything that comes of it is shown beside the unbroken network. */
export function BrokenPanel() {
  const inside = useInside();
  const { changes } = useNetworkSettings();
  const run = useBroken();
  const { status, problem, shown } = run;
  const blocked = useChosenProblem() !== null;
  const asked = useMemo(() => JSON.stringify(changes), [changes]);
  return (
    <Panel
      id="take-apart"
      title="Take it apart"
      lead="Switch off a skip, an attention block or the time embedding, or change single channels. The predictions, the samples and the errors of the changed network stand beside those of the unbroken one."
      actions={<Explanation about="the changes">{explanations.changes}</Explanation>}
    >
      <div className="broken" data-changes={changes.length}>
        <Parts />
        <div className="stack">
          {inside && <BrokenPrediction inside={inside} />}
          <div className="row">
            <DrawOrStop
              label="Compare samples and errors"
              running={status === 'running'}
              disabled={blocked || changes.length === 0}
              onDraw={run.compare}
              onStop={run.stop}
            />
            {changes.length === 0 && <p className="note">Change the network first.</p>}
          </div>
          {(shown || problem) && (
            <StudyProgress
              label="Comparison of the changed network"
              run={run}
              words={words}
              {...(shown && shown.asked !== asked && { note: 'The changes are different now.' })}
            />
          )}
          {shown && <BrokenSamples shown={shown} />}
          {shown && <BrokenErrors shown={shown} />}
        </div>
      </div>
    </Panel>
  );
}
