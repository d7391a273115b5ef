import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { Table } from '../../ui/quantityTable/Table';
import { useConvergence } from './convergenceState';
import { formatRms } from './formatRms';

/** The points of the plot in numbers. */
export function ConvergenceTable() {
  const points = useConvergence((state) => state.points);
  if (points.length === 0) return null;
  return (
    <div className="scrolls">
      <Table
        className="table table--text"
        caption="RMS to the reference"
        columns={['Sampler', 'Steps', 'Network evaluations', 'RMS']}
      >
        {points.map(({ sampler, steps, evaluations, rms }) => (
          <tr key={`${sampler} ${steps}`}>
            <th scope="row">{samplerOf(sampler).title}</th>
            <td>{steps}</td>
            <td>{evaluations}</td>
            <td>{formatRms(rms)}</td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
