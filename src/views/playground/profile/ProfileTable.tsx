import type { StepProfile } from '../../../engine/measure/profile';
import { LegendKey } from '../../../ui/plot/Legend';
import { type ProfileRow, profileRows } from './profileRows';

/** Time by kind of kernel: a bar and the numbers for each. */
export function ProfileTable({ profile }: { profile: StepProfile }) {
  return (
    <div className="scrolls">
      <table className="table profile-table">
        <caption>
          <span className="legend">
            <LegendKey colour="--series-1">matrix products</LegendKey>
            <LegendKey colour="--series-2">passes over values</LegendKey>
          </span>
          <span className="visually-hidden">: time of a training step by kind of kernel</span>
        </caption>
        <thead>
          <tr>
            {['Kernels', 'ms', 'Share', 'Dispatches', 'Rate', 'Of peak'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {profileRows(profile).map((row) => (
            <Row key={row.name} {...row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, bound, milliseconds, share, dispatches, rate, shareOfPeak }: ProfileRow) {
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="profile-bar" aria-hidden>
          <span data-bound={bound} style={{ inlineSize: `${(100 * share).toFixed(2)}%` }} />
        </span>
      </th>
      <td>{milliseconds.toFixed(milliseconds < 10 ? 2 : 1)}</td>
      <td>{percent(share)}</td>
      <td>{dispatches?.toLocaleString('en') ?? ''}</td>
      <td>{rate}</td>
      <td>{shareOfPeak === null ? '' : percent(shareOfPeak)}</td>
    </tr>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
