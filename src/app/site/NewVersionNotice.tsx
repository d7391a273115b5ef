import { useState } from 'react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { openNewVersion, useSite } from './siteState';

/** Says that a newer version of the page waits, and opens it when asked: a run that trains is saved first. */
export function NewVersionNotice() {
  const waiting = useSite((state) => state.waiting);
  const [later, setLater] = useState<ServiceWorker | null>(null);
  const training = useStore(({ training: { status } }) => status === 'starting' || status === 'training');
  const [opening, setOpening] = useState(false);
  if (!waiting || later === waiting) return null;
  const open = async () => {
    setOpening(true);
    await useStore.getState().pauseTraining();
    openNewVersion();
  };
  return (
    <section className="notice" aria-label="New version">
      <p role="status">
        A new version of this page is there.{' '}
        {training
          ? 'The run goes on with this one; to reload pauses and saves it, and it can go on from there.'
          : 'To reload keeps the model and the settings.'}
      </p>
      <Button onClick={open} disabled={opening}>
        {opening ? 'Saving…' : 'Reload'}
      </Button>
      <Button onClick={() => setLater(waiting)}>Later</Button>
    </section>
  );
}
