import type { ReactNode } from 'react';

interface EmptyGridProps {
  columns: number;
  count: number;
  /** What will be there. */
  children: ReactNode;
}

/** Stands in the place of a grid of images that is still to be drawn, as large as that. */
export function EmptyGrid({ columns, count, children }: EmptyGridProps) {
  return (
    <p className="empty" style={{ aspectRatio: columns / Math.ceil(count / columns) }}>
      {children}
    </p>
  );
}
