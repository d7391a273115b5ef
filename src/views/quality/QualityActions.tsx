import { DrawOrStop } from '../../panels/model/DrawOrStop';
import { SharedEngineNote } from '../../panels/model/SharedEngineNote';
import { StudyProgress } from '../../panels/model/StudyProgress';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useStoredStudy } from '../../panels/model/useStoredStudy';
import { useQuality } from './state';

const words = { idle: 'Nothing evaluated yet', finished: 'The samples are evaluated', unit: 'step' };

/** Start and stop, how far it is, and for how long. */
export function QualityActions() {
  const run = useQuality();
  const blocked = useEditingProblem();
  useStoredStudy(run, blocked !== null);
  const running = run.status === 'running';
  return (
    <div className="stack gap-3">
      <DrawOrStop
        label="Evaluate"
        running={running}
        disabled={blocked !== null}
        onDraw={run.evaluate}
        onStop={run.stop}
      />
      <StudyProgress
        label="Evaluation"
        run={run}
        words={{ ...words, running: run.stage === 'comparing' ? 'Comparing the images' : 'Drawing samples' }}
        blocked={blocked !== null}
      />
      {blocked && <p className="note">{blocked}</p>}
      {running && <SharedEngineNote />}
    </div>
  );
}
