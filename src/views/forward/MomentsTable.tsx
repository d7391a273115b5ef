import { useMemo } from 'react';
import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { formatSigned } from '../../ui/formatQuantity';
import { Table } from '../../ui/quantityTable/Table';
import { MathSymbol } from '../../ui/WithSubscripts';
import { momentsOf } from './distribution';
import { type NoisedImages, useLabTime } from './useForwardLab';

interface MomentsTableProps {
  diffusion: Diffusion;
  noised: NoisedImages | null;
}

/** Mean and variance of all pixels on both ways to x_t, beside what the equations say of them. */
export function MomentsTable({ diffusion, noised }: MomentsTableProps) {
  const t = useLabTime();
  const alphaBar = alphaBarAt(diffusion, t - 1);
  const chain = useMemo(() => noised && momentsOf(noised.chain), [noised]);
  const jump = useMemo(() => noised && momentsOf(noised.jump), [noised]);
  const theory = noised && {
    mean: Math.sqrt(alphaBar) * noised.x0.mean,
    variance: alphaBar * noised.x0.variance + 1 - alphaBar,
  };
  const rows = [
    { id: 'mean', title: 'Mean', formula: '√ᾱ_t · mean of x_0' },
    { id: 'variance', title: 'Variance', formula: 'ᾱ_t · variance of x_0 + 1 − ᾱ_t' },
  ] as const;
  return (
    <Table
      caption={`Mean and variance of the pixels after ${t} steps`}
      columns={['All pixels', 'Single steps', 'One jump', 'Equation']}
    >
      {rows.map(({ id, title, formula }) => (
        <tr key={id} data-quantity={id}>
          <th scope="row">
            {title} <MathSymbol text={formula} />
          </th>
          {[chain, jump, theory].map((moments, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always these three.
            <td key={column}>{moments ? formatSigned(moments[id]) : '–'}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
