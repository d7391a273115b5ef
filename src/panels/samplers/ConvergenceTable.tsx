import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { useStore } from '../../store/store';
import { formatRms } from './formatRms';

/** The points of the plot in numbers. */
export function ConvergenceTable() {
  const points = useStore((state) => state.convergence.points);
  if (points.length === 0) return null;
  return (
    <div className="samplers-table">
      <table>
        <caption className="visually-hidden">RMS to the reference</caption>
        <thead>
          <tr>
            <th scope="col">Sampler</th>
            <th scope="col">Steps</th>
            <th scope="col">Network calls</th>
            <th scope="col">RMS</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ sampler, steps, calls, rms }) => (
            <tr key={`${sampler} ${steps}`}>
              <th scope="row">{samplerOf(sampler).title}</th>
              <td>{steps}</td>
              <td>{calls}</td>
              <td>{formatRms(rms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
