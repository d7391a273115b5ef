import type { ReactNode } from 'react';
import type { ExperimentId } from './experiments';
import { linkOf } from './links';
import { openExperiment } from './openExperiment';

interface ExperimentLinkProps {
  id: ExperimentId;
  onOpen?: () => void;
  children: ReactNode;
}

/** A link that opens an experiment on the page as it is; elsewhere, as in another tab, it is a link like any other. */
export function ExperimentLink({ id, onOpen, children }: ExperimentLinkProps) {
  return (
    <a
      href={linkOf(id, location.href)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen?.();
        void openExperiment(id);
      }}
    >
      {children}
    </a>
  );
}
