import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFolds } from './folds';
import './Fold.css';

interface FoldProps {
  /** In the storage. */
  id: string;
  title: string;
  /** What is set in it, in one line. */
  summary: string;
  /** Stands below the line whether the group is open or not. */
  notice?: ReactNode;
  children: ReactNode;
}

/** Settings that belong together behind one line that says how they are set; remembers whether it is open. */
export function Fold({ id, title, summary, notice, children }: FoldProps) {
  const open = useFolds((state) => state.open.includes(id));
  const { setOpen } = useFolds.getState();
  return (
    <div className="stack gap-2">
      <details
        className="fold"
        data-fold={id}
        open={open}
        onToggle={({ currentTarget }) => setOpen(id, currentTarget.open)}
      >
        <summary>
          <ChevronRight size={16} aria-hidden />
          <b>{title}</b> <span>{summary}</span>
        </summary>
        {open && <div className="stack gap-3 fold__body">{children}</div>}
      </details>
      {notice}
    </div>
  );
}
