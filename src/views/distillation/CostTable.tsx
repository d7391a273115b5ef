import { Explanation } from '../../ui/controls/Explanation';
import { counted } from '../../ui/counted';
import { formatQuantity } from '../../ui/formatQuantity';
import { Table } from '../../ui/quantityTable/Table';
import { drawerTitles } from './drawerTitles';
import { explanations } from './help';
import { useDistillation } from './state';
import type { Drawer } from './study';

/** What each of the three asks of the network for an image, and how far its images are from the data. */
export function CostTable() {
  const distances = useDistillation((state) => state.distances);
  const finished = useDistillation((state) => state.status === 'finished');
  return (
    <div className="stack gap-2">
      <div className="scrolls">
        <Table
          caption="Network evaluations and Fréchet distance"
          columns={[null, 'Steps', 'Network evaluations per image', 'Fréchet distance']}
        >
          {(Object.keys(drawerTitles) as Drawer[]).map((of) => (
            <Row key={of} of={of} />
          ))}
        </Table>
      </div>
      {finished && !distances && (
        <p className="note">No classifier was trained on these images, so there is no Fréchet distance.</p>
      )}
      {distances && (
        <p className="note" data-quantity="distances">
          Fréchet distance of {counted(distances.count, 'sample')}, lower is better. For as many held-out
          images it is {formatQuantity(distances.floor)}, for pure noise {formatQuantity(distances.ceiling)}.
        </p>
      )}
    </div>
  );
}

function Row({ of }: { of: Drawer }) {
  const drawn = useDistillation((state) => state.drawn[of]);
  const distance = useDistillation((state) => state.distances?.[of]);
  return (
    <tr data-of={of}>
      <th scope="row">
        {drawerTitles[of]}
        {of === 'teacherInFew' && (
          <Explanation about="the teacher in few steps">{explanations.teacherInFew}</Explanation>
        )}
      </th>
      <td>{drawn?.steps ?? '–'}</td>
      <td data-quantity="evaluations">{drawn?.evaluations ?? '–'}</td>
      <td data-quantity="distance">{distance === undefined ? '–' : formatQuantity(distance)}</td>
    </tr>
  );
}
