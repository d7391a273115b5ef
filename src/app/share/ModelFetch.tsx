import { useEffect, useState } from 'react';
import type { FetchProgress } from '../../engine/files/fetchFile';
import { formatBytes } from '../../engine/formatBytes';
import { messageOf } from '../../engine/messageOf';
import { fetchModel } from '../../store/share/fetchModel';
import { Button } from '../../ui/controls/Button';
import { modelsStore, useModels } from '../../views/models/useModels';

/** Fetches a model, with its size and progress, and opens it as a file that was chosen. */
export default function ModelFetch({ address, onDone }: { address: string; onDone(): void }) {
  const [progress, setProgress] = useState<FetchProgress | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [fetched, setFetched] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt fetches again.
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    setProgress(null);
    fetchModel(address, controller.signal, setProgress)
      .then(async (file) => {
        await modelsStore.getState().importFile(fileOf(address, file));
        setFetched(true);
      })
      .catch((error) => {
        if (!controller.signal.aborted) setProblem(messageOf(error));
      });
    return () => controller.abort();
  }, [address, attempt]);
  if (problem)
    return (
      <>
        <p role="alert">{problem}</p>
        <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
        <Button onClick={onDone}>Dismiss</Button>
      </>
    );
  if (fetched) return <Opened onDone={onDone} />;
  return (
    <>
      <p role="status">{wordsOf(progress)}</p>
      <progress
        aria-label="Model loaded"
        {...(progress?.total && { value: progress.bytes, max: progress.total })}
      />
      <Button onClick={onDone}>Cancel</Button>
    </>
  );
}

/** What became of it. */
function Opened({ onDone }: { onDone(): void }) {
  const message = useModels((state) => state.fileMessage);
  const waiting = useModels((state) => state.waiting);
  const { undoImport } = modelsStore.getState();
  if (waiting)
    return (
      <>
        <p role="status">The file does not tell all of its model: some questions wait under Models.</p>
        <a href="#/models">Answer them</a>
      </>
    );
  return (
    <>
      <p role={message?.tone === 'bad' ? 'alert' : 'status'}>{message?.text}</p>
      {message?.undo && <Button onClick={() => undoImport('fileMessage')}>Bring the other back</Button>}
      <Button onClick={onDone}>Dismiss</Button>
    </>
  );
}

function wordsOf(progress: FetchProgress | null): string {
  if (!progress) return 'Asking for the model…';
  const { bytes, total } = progress;
  return total === null
    ? `${formatBytes(bytes)} loaded`
    : `${formatBytes(bytes)} of ${formatBytes(total)} loaded`;
}

function fileOf(address: string, file: Blob): File {
  return new File([file], new URL(address).pathname.split('/').at(-1) || 'model');
}
