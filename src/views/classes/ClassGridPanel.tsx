import { useEffect } from 'react';
import { DrawOrStop } from '../../panels/model/DrawOrStop';
import { SharedEngineNote } from '../../panels/model/SharedEngineNote';
import { StudyProgress } from '../../panels/model/StudyProgress';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { ClassGrid } from './ClassGrid';
import { classProblem } from './classModel';
import { useClassGrid } from './gridState';
import { ClassGridField } from './help';
import { classGridGroup } from './settings';
import { useAskedAnew, useClassModel } from './useClassModel';
import './classes.css';

/** Every class by guidance strength, drawn step by step. */
export function ClassGridPanel() {
  return (
    <Panel
      id="class-grid"
      title="Classes by guidance"
      lead="Each row is a class, each column a guidance scale w. All images of a row start from the same noise, so they differ only by w."
    >
      <div className="stack gap-3">
        <Settings />
        <Run />
        <div className="columns">
          <ClassGrid />
          <p className="note class-grid__note">
            Guidance trades diversity for fidelity. To the right, an image shows its class more clearly, and
            more as every other of its class does: what is rare in a class goes first. Far to the right,
            strokes become harsh, because the guided ε̂ is no longer the noise of any image. Choose an image to
            see its push beside.
          </p>
        </div>
      </div>
    </Panel>
  );
}

function Settings() {
  const nSteps = useClassModel()?.config.nSteps ?? 1000;
  return (
    <div className="fields">
      <ClassGridField of="steps" nSteps={nSteps} />
      <ClassGridField of="seed" as="seed" />
    </div>
  );
}

function Run() {
  const settings = useValues(classGridGroup);
  const run = useClassGrid();
  const blocked = useStore(classProblem);
  useAskedAnew(run.draw, [settings]);
  useEffect(() => run.stop, [run.stop]);
  return (
    <div className="beside" data-status={run.status}>
      <StudyProgress label="Steps of the grid" run={run} blocked={blocked !== null} />
      <DrawOrStop
        label="Draw"
        running={run.status === 'running'}
        disabled={blocked !== null}
        onDraw={run.draw}
        onStop={run.stop}
      />
      {run.status === 'running' && <SharedEngineNote />}
    </div>
  );
}
