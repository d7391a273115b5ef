import type { ReactNode } from 'react';
import './Panel.css';

interface PanelProps {
  /** Anchor of the step navigation. */
  id: string;
  title: string;
  /** One or two sentences: what this step does. */
  lead: ReactNode;
  children: ReactNode;
  /** Buttons at the right end of the title line. */
  actions?: ReactNode;
}

/** One step of the way of the data. Its children lay themselves out by the panel's own width (container `panel`). */
export function Panel({ id, title, lead, children, actions }: PanelProps) {
  return (
    <section id={id} className="panel" aria-labelledby={`${id}-title`}>
      <header className="panel__head">
        <h2 id={`${id}-title`} className="panel__title" tabIndex={-1}>
          {title}
        </h2>
        {actions !== undefined && <div className="row row--end">{actions}</div>}
        <p className="panel__lead note wide">{lead}</p>
      </header>
      <div className="panel__body">{children}</div>
    </section>
  );
}
