import { Save } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { MessageLine } from '../../ui/controls/MessageLine';
import { Panel } from '../../ui/controls/Panel';
import { TextField } from '../../ui/controls/TextField';
import { CheckpointList } from './CheckpointList';
import { checkpointName, learnedTitle } from './modelWords';
import { modelsStore, useModels } from './useModels';

/** Models as they were at some step, kept in this browser under names. */
export function CheckpointsPanel() {
  const message = useModels((state) => state.checkpointMessage);
  useEffect(() => void modelsStore.getState().listCheckpoints(), []);
  const undo = () => {
    const { undoDelete, undoImport } = modelsStore.getState();
    void (message?.undo === 'delete' ? undoDelete() : undoImport('checkpointMessage'));
  };
  return (
    <Panel
      id="checkpoints"
      title="Checkpoints"
      lead="Saves the model as it is now in this browser under a name, to return to or to branch from. The model in training is also saved automatically."
    >
      <div className="stack gap-3">
        <SaveForm />
        <MessageLine message={message} onUndo={undo} />
        <CheckpointList />
        <HowSafe />
      </div>
    </Panel>
  );
}

/** What the browser may do with what it keeps. */
function HowSafe() {
  const kept = useModels((state) => state.kept);
  const any = useModels((state) => (state.checkpoints ?? []).length > 0);
  if (!any) return null;
  return (
    <p className="note">
      {kept
        ? 'This browser has agreed to keep them until you delete them, or all data of this site.'
        : 'This browser may clear them when the disk is nearly full, Safari also after a week without a visit. Export what you would miss.'}
    </p>
  );
}

function SaveForm() {
  const [name, setName] = useState('');
  const model = useStore((state) => state.training.model);
  const title = useStore(learnedTitle);
  const step = useStore((state) => state.training.step);
  const busy = useModels((state) => state.busy);
  const taken = useModels((state) => state.checkpoints);
  const suggestion = checkpointName(
    { title, step },
    (taken ?? []).map((one) => one.name),
  );
  return (
    <form
      className="beside gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void modelsStore
          .getState()
          .saveCheckpoint(name)
          .then(() => modelsStore.getState().checkpointMessage?.tone === 'good' && setName(''));
      }}
    >
      <TextField
        label="Name"
        placeholder={model ? suggestion : ''}
        value={name}
        disabled={!model}
        onChange={setName}
      />
      <Button variant="primary" type="submit" icon={Save} disabled={!model || busy !== null}>
        Save
      </Button>
    </form>
  );
}
