import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { useConvergence } from './convergenceState';
import { formatRms } from './formatRms';

/** The points of the plot in numbers. */
export function ConvergenceTable() {
  const points = useConvergence((state) => state.points);
  if (points.length === 0) return null;
  return (
    <div className="scrolls">
      <table className="table table--text">
        <caption className="visually-hidden">RMS to the reference</caption>
        <thead>
          <tr>
            <th scope="col">Sampler</th>
            <th scope="col">Steps</th>
            <th scope="col">Network evaluations</th>
            <th scope="col">RMS</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ sampler, steps, evaluations, rms }) => (
            <tr key={`${sampler} ${steps}`}>
              <th scope="row">{samplerOf(sampler).title}</th>
              <td>{steps}</td>
              <td>{evaluations}</td>
              <td>{formatRms(rms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
