import { Check, Code, Copy, Share2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import { isOwnDatasetId } from '../../engine/data/ownDataset';
import { shortLinkTo } from '../../store/share/shareLink';
import { shareable } from '../../store/share/shareSlice';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { withExperiment } from '../../views/experiments/address';
import { useExperiment } from '../../views/experiments/state';
import { openDialog, usePageDialogs } from '../pageDialogs';
import { embedCode } from './embed';

/** Of what links leave out where it is too long. */
const names = { masked: 'the image with its hole', drawing: 'the drawing' };

type Copied = 'link' | 'embed' | null;

/** A link to what the page shows now: copied, given to the system's share sheet where there is one, or as a frame to embed. */
export function ShareButton() {
  const [copied, setCopied] = useState<Copied>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = usePageDialogs((state) => state.share);
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        openDialog('share', next);
        setCopied(null);
        setProblem(null);
      }}
    >
      <Popover.Trigger asChild>
        <Button className="share-button" icon={Share2}>
          Share
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="explanation share stack gap-2"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Share"
        >
          <Shared copied={copied} problem={problem} onCopied={setCopied} onProblem={setProblem} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface SharedProps {
  copied: Copied;
  problem: string | null;
  onCopied(what: Copied): void;
  onProblem(problem: string | null): void;
}

function Shared({ copied, problem, onCopied, onProblem }: SharedProps) {
  const id = useId();
  // As it is when the popover opens.
  const [state] = useState(() => shareable(useStore.getState()));
  const experiment = useExperiment((state) => state.id);
  const { link: page, leftOut } = shortLinkTo(location.href, state);
  const link = withExperiment(page, experiment);
  const copy = async (what: 'link' | 'embed', text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      onCopied(what);
      onProblem(null);
    } catch {
      onProblem('The browser does not let the page copy. Select the link above, and copy it yourself.');
    }
  };
  const share = async () => {
    try {
      await navigator.share({ title: document.title, url: link });
    } catch (error) {
      if ((error as Error).name !== 'AbortError')
        onProblem('The system did not take the link. Copy it instead.');
    }
  };
  return (
    <>
      <label htmlFor={id}>This view with its data set, the settings of all views, t, sampler and seeds</label>
      <input
        id={id}
        className="copied-text"
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <Button variant="primary" icon={copied === 'link' ? Check : Copy} onClick={() => copy('link', link)}>
          {copied === 'link' ? 'Copied' : 'Copy link'}
        </Button>
        {'share' in navigator && <Button onClick={share}>Share…</Button>}
        <Button icon={copied === 'embed' ? Check : Code} onClick={() => copy('embed', embedCode(link))}>
          {copied === 'embed' ? 'Copied' : 'Copy as a frame'}
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {copied === 'link' ? 'The link is copied.' : copied === 'embed' ? 'The frame is copied.' : ''}
      </p>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="note">
          Left out, since the link would be too long for some programs:{' '}
          {leftOut.map((part) => names[part]).join(' and ')} of the view Edit.
        </p>
      )}
      {state.origin === 'own' && (
        <p className="note">
          Your trained model is not in the link: its images take the file. Who opens the link gets its
          settings and seed, by which training makes it again.
        </p>
      )}
      {isOwnDatasetId(state.dataset) && (
        <p className="note">
          The data set “{state.title}” is only in this browser: elsewhere the link says so, and shows nothing
          of it. Send its file along.
        </p>
      )}
    </>
  );
}
