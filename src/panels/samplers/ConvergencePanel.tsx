import { useEffect } from 'react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { comparisonProblem } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { DrawingProgress } from '../model/DrawingProgress';
import { DrawOrStop } from '../model/DrawOrStop';
import { spacingOptions } from '../sample/SamplerFields';
import { ConvergencePlot } from './ConvergencePlot';
import { ConvergenceTable } from './ConvergenceTable';
import { explanations } from './explanations';
import '../../ui/desk.css';
import './samplers.css';

/** How fast the deterministic samplers come to the same pictures, by what they ask of the network. */
export function ConvergencePanel() {
  const stop = useStore((state) => state.stopConvergence);
  const status = useStore((state) => state.convergence.status);
  useEffect(() => stop, [stop]);
  return (
    <Panel
      id="convergence"
      title="Convergence"
      lead="Without fresh noise every sampler follows the same curve from the noise to the picture (the probability-flow ODE), and only the steps differ. The more calls of the network, the closer to its end."
    >
      <div className="samplers" data-status={status}>
        <Settings />
        <Run />
        <div className="samplers-convergence">
          <ConvergencePlot />
          <ConvergenceTable />
        </div>
      </div>
    </Panel>
  );
}

function Settings() {
  const reference = useStore((state) => state.convergence.reference);
  const spacing = useStore((state) => state.convergence.spacing);
  const set = useStore((state) => state.setConvergence);
  return (
    <div className="samplers-common">
      <Segmented
        label="Measured by, over all T steps"
        explanation={explanations.reference}
        value={reference}
        options={references}
        onChange={(next) => set({ reference: next })}
      />
      <SelectField
        label="Spacing"
        explanation={explanations.spacing}
        value={spacing ?? 'usual'}
        options={spacingChoices}
        onChange={(next) => set({ spacing: next === 'usual' ? null : next })}
      />
    </div>
  );
}

const references = (['ddim', 'heun'] as const).map((value) => ({ value, title: samplerOf(value).title }));

const spacingChoices = [
  { value: 'usual' as const, title: 'What suits each', description: 'As each sampler has it by default.' },
  ...spacingOptions,
];

function Run() {
  const status = useStore((state) => state.convergence.status);
  const done = useStore((state) => state.convergence.done);
  const total = useStore((state) => state.convergence.total);
  const problem = useStore((state) => state.convergence.problem);
  const blocked = useStore((state) => comparisonProblem(state) !== null);
  const { runConvergence, stopConvergence } = useStore.getState();
  return (
    <div className="samplers">
      <div className="samplers-actions">
        <DrawOrStop
          label="Measure"
          stopLabel="Stop measuring"
          running={status === 'running'}
          disabled={blocked}
          onDraw={runConvergence}
          onStop={stopConvergence}
        />
      </div>
      <DrawingProgress
        label="Network calls of the measurement"
        unit="network call"
        status={status}
        done={done}
        total={total}
        problem={problem}
      />
    </div>
  );
}
