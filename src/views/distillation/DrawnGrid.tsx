import { columnsOf } from '../../engine/data/columnsOf';
import { useModelConfig } from '../../panels/model/useModel';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { counted } from '../../ui/counted';
import { drawerTitles } from './drawerTitles';
import { IMAGES } from './imageCount';
import { useDistillation } from './state';
import type { Drawer } from './study';

/** The images of one of the three, with the steps that they took. */
export function DrawnGrid({ of }: { of: Drawer }) {
  const drawn = useDistillation((state) => state.drawn[of]);
  const shown = useDistillation((state) => state.config);
  const asked = useModelConfig();
  const { imageSize: size, imageChannels: channels, nClasses } = shown ?? asked;
  const columns = columnsOf(IMAGES, nClasses);
  const title = drawerTitles[of];
  return (
    <figure data-of={of}>
      <figcaption>
        <b>{title}</b> {drawn && `in ${counted(drawn.steps, 'step')}`}
      </figcaption>
      {drawn ? (
        <ImageGrid
          images={drawn.images}
          count={IMAGES}
          {...{ size, channels, columns }}
          label={`Images of the ${title.toLowerCase()}`}
        />
      ) : (
        <EmptyGrid columns={columns} count={IMAGES}>
          The images of the {title.toLowerCase()} will be here.
        </EmptyGrid>
      )}
      {of === 'student' && <Learned />}
    </figure>
  );
}

/** When the student drew. */
function Learned() {
  const step = useDistillation((state) => state.drawn.student?.step);
  const place = useDistillation((state) => state.place);
  if (step === undefined || !place) return null;
  const stage = place.stages > 1 ? `, stage ${place.stage + 1} of ${place.stages}` : '';
  return (
    <p className="note">
      After {counted(step, 'training step')}
      {stage}
    </p>
  );
}
