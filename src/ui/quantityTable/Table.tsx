import type { ReactNode } from 'react';

interface TableProps {
  /** What the table lists, for screen readers. */
  caption?: string;
  /** Names of the columns; null over the names of the rows, where they need none. */
  columns: readonly (string | null)[];
  className?: string;
  headHidden?: boolean;
  /** Its rows. */
  children: ReactNode;
}

export function Table(props: TableProps) {
  const { caption, columns, className = 'table', headHidden = false, children } = props;
  return (
    <table className={className}>
      {caption !== undefined && <caption className="visually-hidden">{caption}</caption>}
      <thead className={headHidden ? 'visually-hidden' : undefined}>
        <tr>
          {columns.map((name, place) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place, and two may have one name.
            if (name === null) return <td key={place} />;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <th key={place} scope="col">
                {name}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
