import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { MessageLine } from '../../ui/controls/MessageLine';
import { Panel } from '../../ui/controls/Panel';
import { MissingFields } from './MissingFields';
import { modelsStore, useModels } from './useModels';

/** A file as the model in training: by the file picker or dropped. */
export function ImportPanel() {
  const message = useModels((state) => state.fileMessage);
  const waiting = useModels((state) => state.waiting);
  return (
    <Panel
      id="import"
      title="Open a file"
      lead="Opens a model or a bundle from this page, the command line or scale-out, or a PyTorch checkpoint of the reference U-Net. The file stays on your machine."
    >
      <div className="stack gap-3">
        <DropZone />
        {waiting && <MissingFields key={waiting.name} waiting={waiting} />}
        <MessageLine message={message} onUndo={() => void modelsStore.getState().undoImport('fileMessage')} />
      </div>
    </Panel>
  );
}

function DropZone() {
  const [over, setOver] = useState(false);
  const busy = useModels((state) => state.busy);
  const id = useId();
  const open = (files: FileList | null) => {
    const file = files?.[0];
    if (file) void modelsStore.getState().importFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    open(event.dataTransfer.files);
  };
  return (
    <label
      className="drop-zone"
      htmlFor={id}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp size={22} aria-hidden />
      <span>
        {busy === 'import'
          ? 'Reading the file…'
          : 'Choose a .safetensors, .pt, .pth, .ckpt or .bin file, or drop it here'}
      </span>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        accept=".safetensors,.pt,.pth,.ckpt,.bin,application/octet-stream"
        disabled={busy !== null}
        onChange={(event) => {
          open(event.target.files);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    </label>
  );
}
