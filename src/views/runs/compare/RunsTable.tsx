import { useId } from 'react';
import { Table } from '../../../ui/quantityTable/Table';
import type { Run } from '../record/run';
import type { TableRow } from './table';

interface RunsTableProps {
  title: string;
  runs: readonly Run[];
  rows: readonly TableRow[];
}

/** A column a run; scrolls where there are many. */
export function RunsTable({ title, runs, rows }: RunsTableProps) {
  const id = useId();
  return (
    <div className="stack gap-1">
      <h3 id={id} className="title">
        {title}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="scrolls" aria-labelledby={id} tabIndex={0}>
        <Table className="table runs__table" columns={[null, ...runs.map(({ facts }) => facts.name)]}>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={runs[i]?.facts.id}>{cell}</td>
              ))}
            </tr>
          ))}
        </Table>
      </section>
    </div>
  );
}
