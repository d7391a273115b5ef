import { useMemo } from 'react';
import { formatBytes } from '../../../engine/formatBytes';
import { configProblems, type ModelConfig } from '../../../engine/unet/config';
import { memoryEstimate, memoryLimit, parameterCount } from '../../../engine/unet/size';
import { useStore } from '../../../store/store';
import { Explanation } from '../../../ui/controls/Explanation';
import { Problem } from '../../../ui/controls/Problem';
import { useSettingsProblems } from './RunField';
import './ModelSize.css';

/** How large the model of the settings would be, before anything is made. */
export function ModelSize() {
  const problem = useSettingsProblems().memory;
  return (
    <div className="model-size">
      <dl className="model-size__facts">
        <Parameters />
        <Memory />
        <Held />
      </dl>
      <Problem>{problem}</Problem>
    </div>
  );
}

function Parameters() {
  const model = useStore((state) => state.values.settings.model);
  const parameters = useMemo(() => (isModel(model) ? parameterCount(model) : null), [model]);
  return (
    <div>
      <dt>Parameters</dt>
      <dd data-quantity="parameters">{parameters?.toLocaleString('en') ?? '–'}</dd>
    </div>
  );
}

function Memory() {
  const model = useStore((state) => state.values.settings.model);
  const batchSize = useStore((state) => state.values.settings.training.batchSize);
  const backend = useStore((state) => state.session.backend?.name ?? null);
  const memory = useMemo(
    () => (isModel(model) ? memoryEstimate(model, batchSize) : null),
    [model, batchSize],
  );
  return (
    <div>
      <dt>
        Memory
        <Explanation about="the estimate of memory">
          {memory && (
            <p>
              {formatBytes(memory.weights)} for the weights, their average and Adam’s two moments, and about{' '}
              {formatBytes(memory.training)} for the gradients and what else a step with a batch of{' '}
              {batchSize} needs.
            </p>
          )}
          <p>More than the limit is refused before anything is made.</p>
        </Explanation>
      </dt>
      <dd data-quantity="memory">
        {memory ? `about ${formatBytes(memory.total)}` : '–'}
        <small> of {backend ? formatBytes(memoryLimit(backend)) : '…'}</small>
      </dd>
    </div>
  );
}

/** What the engine holds in truth, measured between two steps. */
function Held() {
  const memory = useStore((state) => state.training.memory);
  if (!memory) return null;
  return (
    <div>
      <dt>Held now</dt>
      <dd>
        <span data-quantity="live-bytes">{formatBytes(memory.bytes)}</span>
        <small>
          {' '}
          in <span data-quantity="live-tensors">{memory.tensors.toLocaleString('en')}</span> tensors
        </small>
      </dd>
    </div>
  );
}

function isModel(model: ModelConfig): boolean {
  return configProblems(model).length === 0;
}
