import { useEffect } from 'react';
import { type SpacingId, spacings } from '../../engine/diffusion/samplers/spacings';
import { DrawOrStop } from '../../panels/model/DrawOrStop';
import { StudyProgress } from '../../panels/model/StudyProgress';
import { useStoredStudy } from '../../panels/model/useStoredStudy';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { SelectField } from '../../ui/controls/SelectField';
import { ConvergencePlot } from './ConvergencePlot';
import { ConvergenceTable } from './ConvergenceTable';
import { comparisonProblem } from './comparisonState';
import { useConvergence } from './convergenceState';
import { SamplersField, spacingHelp } from './help';
import { samplersGroup } from './settings';
import './samplers.css';

/** How fast the deterministic samplers come to the same images, by what they ask of the network. */
export function ConvergencePanel() {
  const stop = useConvergence((state) => state.stop);
  const status = useConvergence((state) => state.status);
  useEffect(() => stop, [stop]);
  return (
    <Panel
      id="convergence"
      title="Convergence"
      lead="Without fresh noise every sampler follows the same curve from noise to image (the probability-flow ODE); only the steps differ. More network evaluations come closer to the end of the curve."
    >
      <div className="samplers stack" data-status={status}>
        <Settings />
        <Run />
        <div className="columns">
          <ConvergencePlot />
          <ConvergenceTable />
        </div>
      </div>
    </Panel>
  );
}

function Settings() {
  const { spacing } = useValues(samplersGroup);
  return (
    <div className="fields">
      <SamplersField of="reference" as="segmented" label="Reference, over all T steps" />
      <SelectField
        label="Spacing"
        explanation={spacingHelp}
        value={spacing ?? 'default'}
        options={spacingChoices}
        onChange={(next) =>
          useStore.getState().set(samplersGroup, { spacing: next === 'default' ? null : next })
        }
      />
    </div>
  );
}

const spacingChoices = [
  { value: 'default' as const, title: 'Default of each', description: 'As each sampler has it by default.' },
  ...Object.entries(spacings).map(([id, { title, description }]) => ({
    value: id as SpacingId,
    title,
    description,
  })),
];

const words = {
  idle: 'Nothing measured yet',
  running: 'Measuring',
  finished: 'The convergence is measured',
  unit: 'network evaluation',
};

function Run() {
  const run = useConvergence();
  const blocked = useStore((state) => comparisonProblem(state) !== null);
  useStoredStudy(run, blocked);
  return (
    <div className="samplers stack">
      <div className="row">
        <DrawOrStop
          label="Measure"
          stopLabel="Stop measuring"
          running={run.status === 'running'}
          disabled={blocked}
          onDraw={run.measure}
          onStop={run.stop}
        />
      </div>
      <StudyProgress label="Network evaluations of the measurement" run={run} words={words} />
    </div>
  );
}
