import type { StepHealth } from '../../../engine/network/healthMonitor';
import { Table } from '../../../ui/quantityTable/Table';
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
        <Table
          caption={`Step ${newest.step}`}
          columns={['Layer', ...quantities.map(([, { title }]) => title)]}
        >
          {newest.layers.map((layer, row) => (
            <tr key={layers[row]} data-layer={layers[row]}>
              <th scope="row">{layers[row]}</th>
              {quantities.map(([id, { of, format }]) => (
                <td key={id}>{format(of(layer))}</td>
              ))}
            </tr>
          ))}
        </Table>
      </section>
    </details>
  );
}
