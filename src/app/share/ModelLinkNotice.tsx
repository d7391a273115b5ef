import { Suspense, useState } from 'react';
import { modelAddressOf } from '../../store/share/fetchModel';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { lazyPart } from '../../ui/lazyPart';

const ModelFetch = lazyPart(() => import('./ModelFetch'));

/** Where the address asks for a model from elsewhere (`?model=`): asks before anything is fetched. */
export function ModelLinkNotice() {
  const [asked] = useState(() => modelAddressOf(location.href));
  const [answer, setAnswer] = useState<'load' | 'leave' | null>(null);
  const ready = useStore(({ session }) => session.status === 'ready');
  if (!asked || answer === 'leave') return null;
  const leave = () => {
    const url = new URL(location.href);
    url.searchParams.delete('model');
    history.replaceState(null, '', url);
    setAnswer('leave');
  };
  return (
    <section className="notice" aria-label="Model of the link">
      {'problem' in asked ? (
        <>
          <p role="alert">{asked.problem}</p>
          <Button onClick={leave}>Dismiss</Button>
        </>
      ) : answer === 'load' ? (
        <Suspense fallback={<p>Loading…</p>}>
          <ModelFetch address={asked.address} onDone={leave} />
        </Suspense>
      ) : (
        <>
          <p>
            The link asks to load a model from <strong>{new URL(asked.address).host}</strong>. It takes the
            place of the one in training, which can be brought back. The file: <code>{asked.address}</code>
          </p>
          <Button onClick={() => setAnswer('load')} disabled={!ready}>
            Load it
          </Button>
          <Button onClick={leave}>No, thanks</Button>
        </>
      )}
    </section>
  );
}
