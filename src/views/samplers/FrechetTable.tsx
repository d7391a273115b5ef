import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { curveTable, spreadText } from '../../engine/quality/frechetCurve';
import { formatQuantity } from '../../ui/formatQuantity';
import { Table } from '../../ui/quantityTable/Table';
import { useFrechet } from './frechetState';

/** The points of the plot in numbers, a column a sampler. */
export function FrechetTable() {
  const points = useFrechet((state) => state.points);
  if (points.length === 0) return null;
  const { costs, rows } = curveTable(points);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="scrolls" aria-label="The distances in numbers" tabIndex={0}>
      <Table
        caption="Fréchet distance by network evaluations"
        columns={['Evaluations', ...rows.map(({ sampler }) => samplerOf(sampler).title)]}
      >
        {costs.map((cost, i) => (
          <tr key={cost}>
            <th scope="row">{cost}</th>
            {rows.map(({ sampler, cells }) => (
              <td key={sampler}>{cells[i] && spreadText(cells[i].distances, formatQuantity)}</td>
            ))}
          </tr>
        ))}
      </Table>
    </section>
  );
}
