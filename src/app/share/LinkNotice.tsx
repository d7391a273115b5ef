import { withoutLink } from '../../store/share/shareLink';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { closeExperiment, useExperiment } from '../../views/experiments/state';

/** Says that a link decides what the page shows, and lets its settings be kept or left; or why a link could not be opened. */
export function LinkNotice({ embedded }: { embedded: boolean }) {
  const { opened, problem, missing } = useStore((state) => state.share);
  const experiment = useExperiment(({ id }) => id !== null);
  const { keepLink, leaveLink, dismissLinkProblem } = useStore.getState();
  const strip = () => history.replaceState(null, '', withoutLink(location.href));
  const then = (act: () => void) => () => {
    strip();
    closeExperiment();
    act();
  };
  if (problem)
    return (
      <section className="notice" aria-label="Link">
        <p role="alert">{problem}</p>
        <Button onClick={then(dismissLinkProblem)}>Dismiss</Button>
      </section>
    );
  // In a frame the link is the lecturer's, and there is nothing to go back to.
  if (!opened || embedded) return null;
  return (
    <section className="notice" aria-label="Link">
      <p>
        {experiment ? 'The experiment' : 'A link'} brought these settings; yours are kept, and come back
        without it. {missing.join(' ')}
      </p>
      <Button onClick={then(leaveLink)}>Back to mine</Button>
      <Button onClick={then(keepLink)}>Keep these instead</Button>
    </section>
  );
}
