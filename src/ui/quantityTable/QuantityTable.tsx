import type { ReactNode } from 'react';
import { WithSubscripts } from '../WithSubscripts';
import { Table } from './Table';
import './QuantityTable.css';

interface QuantityTableProps {
  /** What the table lists, for screen readers. */
  caption: string;
  /** Head of the column of values, for screen readers. */
  valueTitle: string;
  children: ReactNode;
}

/** Every symbol of an equation: what it is, and its value now. */
export function QuantityTable({ caption, valueTitle, children }: QuantityTableProps) {
  return (
    <Table
      className="table quantity-table"
      caption={caption}
      columns={['Symbol', 'Meaning', valueTitle]}
      headHidden
    >
      {children}
    </Table>
  );
}

interface QuantityRowProps {
  /** Names the row in the document. */
  id: string;
  /** Its subscripts are lowered where it is a text. */
  symbol: ReactNode;
  value: ReactNode;
  /** Gives it the colour of its quantity. */
  kind?: 'signal' | 'noise';
  /** What the symbol means. */
  children: ReactNode;
}

export function QuantityRow({ id, symbol, value, kind, children }: QuantityRowProps) {
  return (
    <tr data-quantity={id} className={kind}>
      <th scope="row" className="math">
        {typeof symbol === 'string' ? <WithSubscripts text={symbol} /> : symbol}
      </th>
      <td>{children}</td>
      <td className="quantity-table__value">{value}</td>
    </tr>
  );
}
