import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '../../store/formatBytes';
import { learnedTitle } from '../../store/models/modelWords';
import { modelsStore, useModels } from '../../store/models/useModels';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import type { ExportForm } from '../../worker/protocol';
import { explanations } from './explanations';
import { Loss } from './Loss';

const kinds = [
  { value: 'bundle', title: 'All of the training' },
  { value: 'model', title: 'Weights alone' },
] as const;
const weightChoices = [
  { value: 'ema', title: 'Averaged (EMA)' },
  { value: 'raw', title: 'Raw' },
] as const;
const dtypes = [
  { value: 'f32', title: 'float32' },
  { value: 'f16', title: 'float16' },
] as const;

/** The model in training as a file. */
export function ExportPanel() {
  const [kind, setKind] = useState<ExportForm['kind']>('bundle');
  const [weights, setWeights] = useState<'ema' | 'raw'>('ema');
  const [dtype, setDtype] = useState<'f32' | 'f16'>('f32');
  const model = useStore((state) => state.training.model);
  const busy = useModels((state) => state.busy);
  const form: ExportForm = kind === 'bundle' ? { kind } : { kind, weights, dtype };
  return (
    <Panel
      id="export"
      title="Export"
      lead="The model in training as one safetensors file: to go on elsewhere, to keep, to open in PyTorch. Training goes on meanwhile."
    >
      <div className="models">
        <ModelFacts />
        <Segmented
          label="What"
          explanation={explanations.kind}
          value={kind}
          options={kinds}
          onChange={setKind}
        />
        {kind === 'model' && (
          <div className="models__fields">
            <Segmented
              label="Weights"
              explanation={explanations.weights}
              value={weights}
              options={weightChoices}
              onChange={setWeights}
            />
            <Segmented
              label="Numbers"
              explanation={explanations.dtype}
              value={dtype}
              options={dtypes}
              onChange={setDtype}
            />
          </div>
        )}
        <div className="models__buttons">
          <Button
            variant="primary"
            icon={<Download size={16} aria-hidden />}
            disabled={!model || busy !== null}
            onClick={() => void modelsStore.getState().exportFile(form)}
          >
            {busy === 'export' ? 'Making the file…' : 'Export'}
          </Button>
          {model && <span className="field__note">about {formatBytes(bytesOf(form, model.parameters))}</span>}
        </div>
        {kind === 'model' && <PyTorchNote half={dtype === 'f16'} />}
      </div>
    </Panel>
  );
}

/** What there is to export or to save. */
function ModelFacts() {
  const model = useStore((state) => state.training.model);
  const title = useStore((state) => learnedTitle(state, state.training.dataset));
  const step = useStore((state) => state.training.step);
  if (!model) {
    return (
      <p className="field__note">
        There is no model yet: <a href="#/">train one</a>, or open a file.
      </p>
    );
  }
  const { imageSize, imageChannels } = model.config;
  return (
    <p className="models__facts" data-quantity="model">
      <b>{title}</b>, <span data-quantity="steps">{step.toLocaleString('en')}</span>{' '}
      {step === 1 ? 'step' : 'steps'}
      <Loss step={step} />, {model.parameters.toLocaleString('en')} parameters, pictures of {imageSize}×
      {imageSize}×{imageChannels}
    </p>
  );
}

function PyTorchNote({ half }: { half: boolean }) {
  return (
    <p className="field__note">
      In PyTorch: <code>model.load_state_dict(safetensors.torch.load_file(path))</code>
      {half && ', which widens the halves to what the model has'}.
    </p>
  );
}

/** Header and metadata take a little more. */
function bytesOf(form: ExportForm, parameters: number): number {
  if (form.kind === 'bundle') return 4 * 4 * parameters;
  return (form.dtype === 'f16' ? 2 : 4) * parameters;
}
