import { Explanation } from '../../ui/controls/Explanation';
import { counted } from '../../ui/counted';
import { formatQuantity } from '../../ui/formatQuantity';
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
        <table className="table">
          <caption className="visually-hidden">Network evaluations and Fréchet distance</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">Steps</th>
              <th scope="col">Network evaluations per image</th>
              <th scope="col">Fréchet distance</th>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(drawerTitles) as Drawer[]).map((of) => (
              <Row key={of} of={of} />
            ))}
          </tbody>
        </table>
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
