import { useMemo } from 'react';
import { memoryEstimate, memoryLimit, parameterCount } from '../../engine/unet/size';
import { formatBytes } from '../../store/formatBytes';
import { useStore } from '../../store/store';
import { Explanation } from '../../ui/controls/Explanation';
import { useSettingsProblems } from './useSettingsProblems';
import './ModelSize.css';

/** How large the model of the settings would be, before anything is made. */
export function ModelSize() {
  const { memory: memoryProblem, ...others } = useSettingsProblems();
  const valid = Object.keys(others).length === 0;
  return (
    <div className="model-size">
      {valid && <Sizes />}
      {memoryProblem !== undefined && (
        <p className="field__problem" role="alert">
          {memoryProblem}
        </p>
      )}
    </div>
  );
}

function Sizes() {
  const model = useStore((state) => state.settings.model);
  const batchSize = useStore((state) => state.settings.training.batchSize);
  const backend = useStore((state) => state.session.backend?.name ?? null);
  const parameters = useMemo(() => parameterCount(model), [model]);
  const memory = useMemo(() => memoryEstimate(model, batchSize), [model, batchSize]);
  return (
    <dl className="model-size__facts">
      <div>
        <dt>Parameters</dt>
        <dd data-quantity="parameters">{parameters.toLocaleString('en')}</dd>
      </div>
      <div>
        <dt>
          Memory
          <Explanation about="the estimate of memory">
            <p>
              {formatBytes(memory.weights)} for the weights, their average and Adam’s two moments, and about{' '}
              {formatBytes(memory.training)} for the gradients and what else a step with a batch of{' '}
              {batchSize} needs.
            </p>
          </Explanation>
        </dt>
        <dd data-quantity="memory">
          about {formatBytes(memory.total)}
          {backend && <small> of {formatBytes(memoryLimit(backend))}</small>}
        </dd>
      </div>
    </dl>
  );
}
