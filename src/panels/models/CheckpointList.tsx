import { Copy, Download, FolderOpen, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { formatBytes } from '../../store/formatBytes';
import type { CheckpointFacts } from '../../store/models/checkpointStorage';
import { modelsStore, useModels } from '../../store/models/useModels';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { actionOf } from '../../ui/keyboard/actionOf';

/** All of them, newest first. */
export function CheckpointList() {
  const checkpoints = useModels((state) => state.checkpoints);
  if (checkpoints === null) return <p className="models__empty">Reading the checkpoints…</p>;
  if (checkpoints.length === 0) {
    return <p className="models__empty">Nothing is saved yet. What you save will be listed here.</p>;
  }
  return (
    <ul className="models__list" aria-label="Checkpoints">
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
    <li className="models__item" data-damaged={damage !== undefined} data-step={checkpoint.step}>
      <div className="models__what">
        {renaming ? (
          <NameField checkpoint={checkpoint} onDone={() => setRenaming(false)} />
        ) : (
          <b className="models__name">{name}</b>
        )}
        <Facts checkpoint={checkpoint} />
      </div>
      <div className="models__buttons">
        <Button
          icon={<FolderOpen size={16} aria-hidden />}
          disabled={busy || damage !== undefined}
          aria-label={`Load ${name}`}
          onClick={() => void loadCheckpoint(id)}
        >
          Load
        </Button>
        <IconButton
          label={`Rename ${name}`}
          icon={<Pencil size={16} aria-hidden />}
          disabled={busy || damage !== undefined}
          onClick={() => setRenaming(true)}
        />
        <IconButton
          label={`Duplicate ${name}`}
          icon={<Copy size={16} aria-hidden />}
          disabled={busy || damage !== undefined}
          onClick={() => void duplicateCheckpoint(id)}
        />
        <IconButton
          label={`Export ${name}`}
          icon={<Download size={16} aria-hidden />}
          disabled={busy || damage !== undefined}
          onClick={() => void exportCheckpoint(id)}
        />
        <IconButton
          label={`Delete ${name}`}
          icon={<Trash2 size={16} aria-hidden />}
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
      <span className="models__damage">
        <TriangleAlert size={14} aria-hidden /> Damaged and set aside: {damage}.
      </span>
    );
  }
  return (
    <span className="models__details">
      <span>{title}</span>
      <span>
        {step.toLocaleString('en')} {step === 1 ? 'step' : 'steps'}
      </span>
      {loss !== null && <span>loss {loss.toFixed(4)}</span>}
      <span>{formatBytes(bytes)}</span>
      <time dateTime={new Date(savedAt).toISOString()}>{dates.format(savedAt)}</time>
    </span>
  );
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Enter and leaving the field take the name, Escape leaves it as it was. */
function NameField({
  checkpoint: { id, name },
  onDone,
}: {
  checkpoint: CheckpointFacts;
  onDone: () => void;
}) {
  const [draft, setDraft] = useState(name);
  const commit = () => {
    onDone();
    if (draft !== name) void modelsStore.getState().renameCheckpoint(id, draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('checkpointName', event);
    if (action === 'take') commit();
    else if (action === 'leave') onDone();
  };
  return (
    <input
      className="field__box"
      aria-label={`New name of ${name}`}
      maxLength={80}
      value={draft}
      // biome-ignore lint/a11y/noAutofocus: the button that opens it was just pressed.
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
