import { ExternalLink } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { fullPage } from './embed';
import './EmbedFooter.css';

/** Where a frame shows one view alone: the way to the whole page, as the view is. */
export function EmbedFooter() {
  const address = useSyncExternalStore(subscribe, () => fullPage());
  return (
    <footer className="embed-footer">
      <a href={address} target="_blank" rel="noopener">
        Open in the DDPM playground <ExternalLink size={14} aria-hidden />
      </a>
    </footer>
  );
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
