import { Download } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { formatBytes } from '../../../engine/formatBytes';
import { messageOf } from '../../../engine/messageOf';
import { download } from '../../../store/download';
import { startOptionsOf } from '../../../store/startOptions';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { MessageLine } from '../../../ui/controls/MessageLine';
import { Segmented } from '../../../ui/controls/Segmented';
import { fetchFile } from '../../../worker/fetchFile';
import { type CodePart, codeFile, codeNames } from './codeFile';
import { formHelp } from './codeHelp';

const forms = [
  { value: 'script', title: 'Script' },
  { value: 'notebook', title: 'Notebook' },
] as const;

/** The model and its settings as PyTorch, and the two files that the code reads. */
export default function CodeExport() {
  const [form, setForm] = useState<'script' | 'notebook'>('script');
  const { busy, outcome, save } = useSave();
  const names = useStore(useShallow(codeNames));
  const hasModel = useStore((state) => state.training.model !== null);
  return (
    <div className="stack gap-3">
      <Segmented label="Form" explanation={formHelp} value={form} options={forms} onChange={setForm} />
      <div className="row">
        <Button variant="primary" icon={Download} disabled={busy} onClick={() => void save(form)}>
          Export
        </Button>
        <span className="note">{names[form]}</span>
      </div>
      <p className="note">The code reads two files. Put them into the same folder:</p>
      <div className="row">
        <Button icon={Download} disabled={busy || !hasModel} onClick={() => void save('weights')}>
          Weights
        </Button>
        <span className="note">{names.weights}</span>
      </div>
      <div className="row">
        <Button icon={Download} disabled={busy} onClick={() => void save('images')}>
          Images
        </Button>
        <span className="note">{names.images}, the training images</span>
      </div>
      <MessageLine message={outcome} />
    </div>
  );
}

/** Makes one file at a time, and says how it went. */
function useSave() {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ tone: 'good' | 'bad'; text: string } | null>(null);
  async function save(part: CodePart) {
    setBusy(true);
    setOutcome(null);
    try {
      const page = useStore.getState();
      const name = codeNames(page)[part];
      const content = await codeFile(page, part, readDataFile);
      download(name, content, 'application/octet-stream');
      const size = typeof content === 'string' ? new Blob([content]).size : content.length;
      setOutcome({ tone: 'good', text: `Exported ${name}, ${formatBytes(size)}.` });
    } catch (error) {
      setOutcome({ tone: 'bad', text: messageOf(error) });
    } finally {
      setBusy(false);
    }
  }
  return { busy, outcome, save };
}

const readDataFile = (fileName: string) =>
  fetchFile(new URL(`data/${fileName}`, startOptionsOf(location.href).options.baseUrl));
