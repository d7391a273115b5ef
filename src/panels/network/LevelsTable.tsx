import { Table } from '../../ui/quantityTable/Table';
import type { Level } from './levels';

/** The levels of the U-Net as a table, for screen readers. */
export function LevelsTable({ levels }: { levels: Level[] }) {
  return (
    // A table does not shrink to the one pixel of what is not to be seen: its box does.
    <div className="visually-hidden">
      <Table
        className=""
        caption="Levels of the U-Net"
        columns={['Level', 'Size', 'Multiplier', 'Channels', 'Attention']}
      >
        {levels.map(({ size, multiplier, channels, attention }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place.
          <tr key={index}>
            <th scope="row">{index + 1}</th>
            <td>
              {size} × {size}
            </td>
            <td>{multiplier}</td>
            <td>{channels}</td>
            <td>{attention ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
