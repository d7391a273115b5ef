import { useMemo } from 'react';
import { channelStatistics } from '../../../engine/network/channelStatistics';
import { modulesOf, type UNetModule } from '../../../engine/unet/modules';
import { kindTitles, parametersByModule, shapeText } from '../../../panels/network/moduleWords';
import { formatSigned } from '../../../ui/formatQuantity';
import { Table } from '../../../ui/quantityTable/Table';
import type { Inside } from '../state';

const columns = [
  ...['Block', 'Kind', 'Channels × size', 'Input', 'Skip', 'Parameters'],
  ...['Mean', 'Spread', 'Dead channels'],
];

/** The blocks in numbers. */
export function BlocksTable({ inside: { config, outputs } }: { inside: Inside }) {
  const modules = useMemo(() => modulesOf(config), [config]);
  const parameters = useMemo(() => parametersByModule(config, modules), [config, modules]);
  return (
    <details className="blocks-table">
      <summary>The blocks in numbers</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than its box, arrow keys scroll it. */}
      <section className="scrolls" aria-label="The blocks in numbers" tabIndex={0}>
        <Table className="table table--text" columns={columns}>
          {modules.map((module) => (
            <Row
              key={module.name}
              module={module}
              parameters={parameters.get(module.name) ?? 0}
              output={outputs.get(module.name)}
            />
          ))}
        </Table>
      </section>
    </details>
  );
}

interface RowProps {
  module: UNetModule;
  parameters: number;
  output: ReturnType<Inside['outputs']['get']>;
}

function Row({ module, parameters, output }: RowProps) {
  const { name, kind, from, skip, outputs } = module;
  const numbers = useMemo(() => {
    if (!output) return null;
    const { data } = output;
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const spread = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
    const dead = kind === 'time' ? null : channelStatistics(output).filter((channel) => channel.dead).length;
    return { mean, spread, dead };
  }, [output, kind]);
  return (
    <tr data-block={name}>
      <th scope="row">{name}</th>
      <td>{kindTitles[kind]}</td>
      <td>{shapeText(module)}</td>
      <td>{from}</td>
      <td>{skip?.from ?? '–'}</td>
      <td>{parameters.toLocaleString('en')}</td>
      <td>{numbers ? formatSigned(numbers.mean) : '–'}</td>
      <td>{numbers ? numbers.spread.toFixed(3) : '–'}</td>
      <td>{numbers === null || numbers.dead === null ? '–' : `${numbers.dead} of ${outputs}`}</td>
    </tr>
  );
}
