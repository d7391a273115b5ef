import type { StepHealth } from '../../../engine/network/healthMonitor';
import { type HealthQuantityId, healthQuantities } from './healthRows';

/** The newest measurement in numbers. */
export function HealthTable({
  history,
  layers,
}: {
  history: readonly StepHealth[];
  layers: readonly string[];
}) {
  const newest = history.at(-1);
  if (!newest) return null;
  const quantities = Object.entries(healthQuantities) as [
    HealthQuantityId,
    (typeof healthQuantities)['weight'],
  ][];
  return (
    <details className="layers-table">
      <summary>The layers in numbers</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than its box, arrow keys scroll it. */}
      <section className="scrolls" aria-label="The layers in numbers" tabIndex={0}>
        <table className="table">
          <caption className="visually-hidden">Step {newest.step}</caption>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              {quantities.map(([id, { title }]) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {newest.layers.map((layer, row) => (
              <tr key={layers[row]} data-layer={layers[row]}>
                <th scope="row">{layers[row]}</th>
                {quantities.map(([id, { of, format }]) => (
                  <td key={id}>{format(of(layer))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
