import { useEffect } from 'react';
import { classProblem } from '../../store/classModel';
import { useStore } from '../../store/store';
import { NumberField } from '../../ui/controls/NumberField';
import { Panel } from '../../ui/controls/Panel';
import { DrawingProgress } from '../model/DrawingProgress';
import { DrawOrStop } from '../model/DrawOrStop';
import { NoiseSeedField } from '../model/NoiseSeedField';
import { SharedEngineNote } from '../model/SharedEngineNote';
import { ClassGrid } from './ClassGrid';
import { useAskedAnew, useClassModel } from './useClassModel';
import './ClassGridPanel.css';

/** Every class by guidance strength, drawn step by step. */
export function ClassGridPanel() {
  return (
    <Panel
      id="class-grid"
      title="Classes by guidance"
      lead="A row a class, a column a strength w. All pictures of a row start from the same noise: what differs is the push alone."
    >
      <div className="class-grid-panel">
        <Settings />
        <Run />
        <ClassGrid />
        <p className="field__note class-grid-panel__note">
          Guidance trades diversity for fidelity. To the right, a picture shows its class more plainly, and
          more as every other of its class does: what is rare in a class goes first. Far to the right, strokes
          become harsh, because the guided ε̂ is no longer the noise of any picture. Choose a picture to see
          its push beside.
        </p>
      </div>
    </Panel>
  );
}

function Settings() {
  const { steps, seed } = useStore((state) => state.classGrid.settings);
  const set = useStore((state) => state.setClassGrid);
  const nSteps = useClassModel()?.config.nSteps ?? 1000;
  return (
    <div className="desk-settings">
      <NumberField
        label="Steps"
        explanation={
          <p>
            How many of the T steps DDIM takes, at η = 0: then the noise <i className="math">x</i>
            <sub>T</sub>, the class and w alone decide a picture.
          </p>
        }
        value={Math.min(steps, nSteps)}
        onCommit={(next) => set({ steps: next })}
        min={1}
        max={nSteps}
        integer
      />
      <NoiseSeedField seed={seed} onChange={(next) => set({ seed: next })} />
    </div>
  );
}

function Run() {
  const { settings, status, done, total, problem } = useStore((state) => state.classGrid);
  const blocked = useStore(classProblem);
  const { runClassGrid, stopClassGrid } = useStore.getState();
  useAskedAnew(runClassGrid, [settings]);
  useEffect(() => stopClassGrid, [stopClassGrid]);
  return (
    <div className="class-grid-panel__run" data-status={status}>
      <DrawingProgress
        label="Steps of the grid"
        status={status}
        done={done}
        total={total}
        problem={blocked ? null : problem}
      />
      <DrawOrStop
        label="Draw"
        running={status === 'running'}
        disabled={blocked !== null}
        onDraw={runClassGrid}
        onStop={stopClassGrid}
      />
      {status === 'running' && <SharedEngineNote />}
    </div>
  );
}
