import type { ReactNode } from 'react';
import './EmptyGrid.css';

interface EmptyGridProps {
  columns: number;
  count: number;
  /** What will be there. */
  children: ReactNode;
}

/** Stands in the place of a grid of pictures that is still to be drawn, as large as that. */
export function EmptyGrid({ columns, count, children }: EmptyGridProps) {
  return (
    <p className="empty-grid" style={{ aspectRatio: columns / Math.ceil(count / columns) }}>
      {children}
    </p>
  );
}
