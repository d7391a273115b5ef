import { Download } from 'lucide-react';
import { Suspense, useState } from 'react';
import { imageBytes } from '../../engine/checkpoint/bundledImages';
import { isOwnDatasetId, type OwnFacts } from '../../engine/data/ownDataset';
import { formatBytes } from '../../engine/formatBytes';
import { type Store, useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { SwitchField } from '../../ui/controls/SwitchField';
import { counted } from '../../ui/counted';
import { lazyPart } from '../../ui/lazyPart';
import type { ExportForm } from '../../worker/protocol';
import { explanations } from './explanations';
import { Loss } from './Loss';
import { learnedTitle } from './modelWords';
import { modelsStore, useModels } from './useModels';

const kinds = [
  { value: 'bundle', title: 'Training state' },
  { value: 'model', title: 'Weights only' },
  { value: 'code', title: 'Code' },
] as const;
const weightChoices = [
  { value: 'ema', title: 'Averaged (EMA)' },
  { value: 'raw', title: 'Raw' },
] as const;
const dtypes = [
  { value: 'f32', title: 'float32' },
  { value: 'f16', title: 'float16' },
] as const;

const CodeExport = lazyPart(() => import('./code/CodeExport'));

/** The model in training as a file, or as code. */
export function ExportPanel() {
  const [kind, setKind] = useState<ExportForm['kind'] | 'code'>('bundle');
  return (
    <Panel
      id="export"
      title="Export"
      lead="Saves the model in training as one safetensors file, to continue elsewhere, to keep or to open in PyTorch, or writes the code that does the same. Training continues meanwhile."
    >
      <div className="stack gap-3">
        <ModelFacts />
        <Segmented
          label="What"
          explanation={explanations.kind}
          value={kind}
          options={kinds}
          onChange={setKind}
        />
        {kind === 'code' ? (
          <Suspense>
            <CodeExport />
          </Suspense>
        ) : (
          <FileExport kind={kind} />
        )}
      </div>
    </Panel>
  );
}

function FileExport({ kind }: { kind: ExportForm['kind'] }) {
  const [weights, setWeights] = useState<'ema' | 'raw'>('ema');
  const [dtype, setDtype] = useState<'f32' | 'f16'>('f32');
  const [withImages, setWithImages] = useState(false);
  const model = useStore((state) => state.training.model);
  const own = useStore(ownImages);
  const busy = useModels((state) => state.busy);
  const images = kind === 'bundle' && withImages ? own : null;
  const form: ExportForm = kind === 'bundle' ? { kind } : { kind, weights, dtype };
  return (
    <>
      {kind === 'model' && (
        <div className="fields">
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
      {kind === 'bundle' && own && (
        <div>
          <SwitchField label="Include my images" checked={withImages} onChange={setWithImages} />
          <p className="note">
            {counted(own.count, 'image')} of “{own.title}”, {formatBytes(imageBytes(own))}. Anyone who opens
            the file gets them. Without them, others cannot continue the training with the same data.
          </p>
        </div>
      )}
      <div className="row">
        <Button
          variant="primary"
          icon={Download}
          disabled={!model || busy !== null}
          onClick={() => void modelsStore.getState().exportFile(form, images !== null)}
        >
          {busy === 'export' ? 'Making the file…' : 'Export'}
        </Button>
        {model && (
          <span className="note">
            about {formatBytes(bytesOf(form, model.parameters) + (images ? imageBytes(images) : 0))}
          </span>
        )}
      </div>
      {kind === 'model' && <PyTorchNote half={dtype === 'f16'} />}
    </>
  );
}

/** The user's own data set that the model learned, where its images are there. */
function ownImages({ training: { dataset }, ownDatasets }: Store): OwnFacts | null {
  if (dataset === null || !isOwnDatasetId(dataset) || !ownDatasets.listed.includes(dataset)) return null;
  return ownDatasets.facts[dataset] ?? null;
}

/** What there is to export or to save. */
function ModelFacts() {
  const model = useStore((state) => state.training.model);
  const title = useStore(learnedTitle);
  const step = useStore((state) => state.training.step);
  if (!model) {
    return (
      <p className="note">
        There is no model yet: <a href="#/">train one</a>, or open a file.
      </p>
    );
  }
  const { imageSize, imageChannels } = model.config;
  return (
    <p className="note" data-quantity="model">
      <b>{title}</b>, <span data-quantity="steps">{step.toLocaleString('en')}</span>{' '}
      {step === 1 ? 'step' : 'steps'}
      <Loss step={step} />, {model.parameters.toLocaleString('en')} parameters, images of {imageSize}×
      {imageSize}×{imageChannels}
    </p>
  );
}

function PyTorchNote({ half }: { half: boolean }) {
  return (
    <p className="note">
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
