import type { ReactNode } from 'react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { spacings } from '../../engine/diffusion/samplers/spacings';
import { formatDuration } from '../../ui/formatDuration';
import { Table } from '../../ui/quantityTable/Table';
import type { ComparedRun } from './comparisonState';
import { useComparison } from './comparisonState';
import { runTitle } from './sideNames';

/** What each side cost so far. */
export function ComparisonTable() {
  const runs = useComparison((state) => state.runs);
  const cells = (of: (run: ComparedRun) => ReactNode) => (runs ? runs.map(of) : ['–', '–']);
  const [a, b] = cells(({ recording }) => runTitle(recording.settings));
  return (
    <div className="scrolls">
      <Table
        className="table table--text"
        caption="What both samplers cost"
        columns={[null, `A: ${a}`, `B: ${b}`]}
      >
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
        <Row name="Network evaluations" cells={cells(evaluationsOf)} />
        <Row name="Time in the network" cells={cells(({ milliseconds }) => timeOf(milliseconds))} />
        <Row
          name="Time per evaluation"
          cells={cells(({ milliseconds, evaluations }) =>
            evaluations > 0 ? timeOf(milliseconds / evaluations) : '–',
          )}
        />
        <Row
          name="Length of the path ÷ straight line"
          cells={cells(({ pathLength }) => (pathLength > 0 ? pathLength.toFixed(3) : '–'))}
        />
      </Table>
    </div>
  );
}

function evaluationsOf({ evaluations, recording: { settings } }: ComparedRun): string {
  const all = samplerOf(settings.sampler).evaluations(settings.steps);
  return `${evaluations.toLocaleString('en')} of ${all.toLocaleString('en')}`;
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
