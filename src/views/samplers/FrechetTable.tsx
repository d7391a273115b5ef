import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { type FrechetPoint, spreadOf } from '../../engine/quality/frechetCurve';
import { formatQuantity } from '../../ui/formatQuantity';
import { useFrechet } from './frechetState';

/** The points of the plot in numbers, a row a sampler. */
export function FrechetTable() {
  const points = useFrechet((state) => state.points);
  if (points.length === 0) return null;
  const costs = [...new Set(points.map(({ evaluations }) => evaluations))].sort((a, b) => a - b);
  const ids = (Object.keys(samplers) as SamplerId[]).filter((id) =>
    points.some(({ sampler }) => sampler === id),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="scrolls" aria-label="The distances in numbers" tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">Fréchet distance by network evaluations</caption>
        <thead>
          <tr>
            <th scope="col">Evaluations</th>
            {ids.map((id) => (
              <th key={id} scope="col">
                {samplers[id].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {costs.map((cost) => (
            <tr key={cost}>
              <th scope="row">{cost}</th>
              {ids.map((id) => (
                <td key={id}>
                  {distanceText(
                    points.find(({ sampler, evaluations }) => sampler === id && evaluations === cost),
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function distanceText(point: FrechetPoint | undefined): string {
  if (!point) return '';
  const { mean, deviation } = spreadOf(point);
  return point.distances.length > 1
    ? `${formatQuantity(mean)} ± ${formatQuantity(deviation)}`
    : formatQuantity(mean);
}
