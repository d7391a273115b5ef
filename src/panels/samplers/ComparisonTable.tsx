import type { ReactNode } from 'react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { spacings } from '../../engine/diffusion/samplers/spacings';
import type { ComparedRun } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { formatDuration } from '../../ui/formatDuration';
import { runTitle } from './sideNames';

/** What each side cost so far. */
export function ComparisonTable() {
  const runs = useStore((state) => state.comparison.runs);
  const cells = (of: (run: ComparedRun) => ReactNode) => (runs ? runs.map(of) : ['–', '–']);
  const [a, b] = cells(({ recording }) => runTitle(recording.settings));
  return (
    <div className="samplers-table">
      <table>
        <caption className="visually-hidden">What both samplers cost</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">A: {a}</th>
            <th scope="col">B: {b}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            name="Spacing"
            cells={cells(({ recording: { settings } }) => spacings[settings.spacing].title)}
          />
          <Row
            name="Steps"
            cells={cells(
              ({ done, recording: { total } }) =>
                `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
            )}
          />
          <Row name="Network calls" cells={cells(callsOf)} />
          <Row name="Time in the network" cells={cells(({ milliseconds }) => timeOf(milliseconds))} />
          <Row
            name="Time per call"
            cells={cells(({ milliseconds, calls }) => (calls > 0 ? timeOf(milliseconds / calls) : '–'))}
          />
        </tbody>
      </table>
    </div>
  );
}

function callsOf({ calls, recording: { settings } }: ComparedRun): string {
  const all = samplerOf(settings.sampler).calls(settings.steps);
  return `${calls.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}

function timeOf(milliseconds: number): string {
  if (milliseconds >= 1000) return formatDuration(milliseconds / 1000);
  return `${milliseconds < 9.95 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function Row({ name, cells: [a, b] }: { name: string; cells: ReactNode[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{a}</td>
      <td>{b}</td>
    </tr>
  );
}
