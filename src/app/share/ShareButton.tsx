import { Check, Code, Copy, Share2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import { isOwnDatasetId } from '../../engine/data/ownDataset';
import { shortLinkTo } from '../../store/share/shareLink';
import { shareable } from '../../store/share/shareSlice';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { CopiedText, useCopying } from '../../ui/controls/CopiedText';
import { Problem } from '../../ui/controls/Problem';
import { withExperiment } from '../../views/experiments/address';
import { useExperiment } from '../../views/experiments/state';
import { openDialog, usePageDialogs } from '../pageDialogs';
import { embedCode } from './embed';

/** Of what links leave out where it is too long. */
const names = { masked: 'the image with its hole', drawing: 'the drawing' };

/** A link to what the page shows now: copied, given to the system's share sheet where there is one, or as a frame to embed. */
export function ShareButton() {
  const open = usePageDialogs((state) => state.share);
  return (
    <Popover.Root open={open} onOpenChange={(next) => openDialog('share', next)}>
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
          <Shared />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Shared() {
  const id = useId();
  const { copied, refused, copy } = useCopying();
  const [untaken, setUntaken] = useState(false);
  // As it is when the popover opens.
  const [state] = useState(() => shareable(useStore.getState()));
  const experiment = useExperiment((state) => state.id);
  const { link: page, leftOut } = shortLinkTo(location.href, state);
  const link = withExperiment(page, experiment);
  const frame = embedCode(link);
  const copyText = (text: string) => {
    setUntaken(false);
    copy(text);
  };
  const share = async () => {
    try {
      await navigator.share({ title: document.title, url: link });
    } catch (error) {
      setUntaken((error as Error).name !== 'AbortError');
    }
  };
  return (
    <>
      <label htmlFor={id}>This view with its data set, the settings of all views, t, sampler and seeds</label>
      <CopiedText id={id} text={link} />
      <div className="row">
        <Button variant="primary" icon={copied === link ? Check : Copy} onClick={() => copyText(link)}>
          {copied === link ? 'Copied' : 'Copy link'}
        </Button>
        {'share' in navigator && <Button onClick={share}>Share…</Button>}
        <Button icon={copied === frame ? Check : Code} onClick={() => copyText(frame)}>
          {copied === frame ? 'Copied' : 'Copy as a frame'}
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {copied === link ? 'The link is copied.' : copied === frame ? 'The frame is copied.' : ''}
      </p>
      <Problem>
        {refused
          ? 'The browser does not let the page copy. Select the link above, and copy it yourself.'
          : untaken && 'The system did not take the link. Copy it instead.'}
      </Problem>
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
