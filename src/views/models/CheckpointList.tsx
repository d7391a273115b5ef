import { Copy, Download, FolderOpen, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '../../engine/formatBytes';
import type { CheckpointFacts } from '../../store/checkpoints/checkpointStorage';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { NameField } from '../../ui/controls/NameField';
import { counted } from '../../ui/counted';
import { modelsStore, useModels } from './useModels';

/** All of them, newest first. */
export function CheckpointList() {
  const checkpoints = useModels((state) => state.checkpoints);
  if (checkpoints === null) return <p className="empty">Reading the checkpoints…</p>;
  if (checkpoints.length === 0) {
    return <p className="empty">Nothing is saved yet. What you save will be listed here.</p>;
  }
  return (
    <ul className="stack gap-2" aria-label="Checkpoints">
      {checkpoints.map((checkpoint) => (
        <CheckpointItem key={checkpoint.id} checkpoint={checkpoint} />
      ))}
    </ul>
  );
}

function CheckpointItem({ checkpoint }: { checkpoint: CheckpointFacts }) {
  const [renaming, setRenaming] = useState(false);
  const busy = useModels((state) => state.busy !== null);
  const { id, name, damage } = checkpoint;
  const { loadCheckpoint, exportCheckpoint, duplicateCheckpoint, deleteCheckpoint } = modelsStore.getState();
  return (
    <li className="card row row--between" data-damaged={damage !== undefined} data-step={checkpoint.step}>
      <div className="stack gap-1 grow">
        {renaming ? (
          <NameField
            name={name}
            onName={(next) => modelsStore.getState().renameCheckpoint(id, next)}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <b className="models__name">{name}</b>
        )}
        <Facts checkpoint={checkpoint} />
      </div>
      <div className="row">
        <Button
          icon={FolderOpen}
          disabled={busy || damage !== undefined}
          aria-label={`Load ${name}`}
          onClick={() => void loadCheckpoint(id)}
        >
          Load
        </Button>
        <IconButton
          label={`Rename ${name}`}
          icon={Pencil}
          disabled={busy || damage !== undefined}
          onClick={() => setRenaming(true)}
        />
        <IconButton
          label={`Duplicate ${name}`}
          icon={Copy}
          disabled={busy || damage !== undefined}
          onClick={() => void duplicateCheckpoint(id)}
        />
        <IconButton
          label={`Export ${name}`}
          icon={Download}
          disabled={busy || damage !== undefined}
          onClick={() => void exportCheckpoint(id)}
        />
        <IconButton
          label={`Delete ${name}`}
          icon={Trash2}
          disabled={busy}
          onClick={() => void deleteCheckpoint(id)}
        />
      </div>
    </li>
  );
}

function Facts({ checkpoint }: { checkpoint: CheckpointFacts }) {
  const { title, step, loss, bytes, savedAt, damage } = checkpoint;
  if (damage !== undefined) {
    return (
      <span className="problem">
        <TriangleAlert size={14} aria-hidden /> Damaged and set aside: {damage}.
      </span>
    );
  }
  return (
    <span className="models__details note">
      <span>{title}</span>
      <span>{counted(step, 'step')}</span>
      {loss !== null && <span>loss {loss.toFixed(4)}</span>}
      <span>{formatBytes(bytes)}</span>
      <time dateTime={new Date(savedAt).toISOString()}>{dates.format(savedAt)}</time>
    </span>
  );
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
