import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { curveTable, spreadText } from '../../engine/quality/frechetCurve';
import { formatQuantity } from '../../ui/formatQuantity';
import { useFrechet } from './frechetState';

/** The points of the plot in numbers, a column a sampler. */
export function FrechetTable() {
  const points = useFrechet((state) => state.points);
  if (points.length === 0) return null;
  const { costs, rows } = curveTable(points);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="scrolls" aria-label="The distances in numbers" tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">Fréchet distance by network evaluations</caption>
        <thead>
          <tr>
            <th scope="col">Evaluations</th>
            {rows.map(({ sampler }) => (
              <th key={sampler} scope="col">
                {samplerOf(sampler).title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {costs.map((cost, i) => (
            <tr key={cost}>
              <th scope="row">{cost}</th>
              {rows.map(({ sampler, cells }) => (
                <td key={sampler}>{cells[i] && spreadText(cells[i].distances, formatQuantity)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
