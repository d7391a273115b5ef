import { useValues } from '../../../panels/settings/useSettings';
import { isSameShape } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { ImageTerm } from '../../../ui/canvasGrid/ImageTerm';
import { maskedOf } from '../drawings';
import { inpaintingGroup } from '../settings';
import { useInpainting } from './state';

/** All variants on their way, as they are at t. */
export function InpaintedGrid() {
  const { shown, chosen, choose } = useInpainting();
  const masked = useStore(maskedOf);
  const { count } = useValues(inpaintingGroup);
  if (!shown || !isSameShape(shown, masked))
    return (
      <EmptyGrid columns={4} count={count}>
        The hole is drawn here, step by step, around what is kept.
      </EmptyGrid>
    );
  return (
    <ImageGrid
      images={shown.x}
      count={shown.count}
      size={shown.size}
      channels={shown.channels}
      columns={4}
      label="Inpainted variants"
      selected={chosen}
      onSelect={choose}
      nameOf={(index) => `Variant ${index + 1}`}
    />
  );
}

/** The image with its hole, and the chosen variant: as it is, and what the model takes it for. */
export function ChosenInpainted() {
  const { shown, chosen } = useInpainting();
  const masked = useStore(maskedOf);
  if (!shown || !isSameShape(shown, masked)) return null;
  const { size, channels, image, x, x0, t } = shown;
  const shape = { size, channels };
  const at = chosen * image.length;
  const of = (images: Float32Array) => images.subarray(at, at + image.length);
  return (
    <div className="images images--3">
      <ImageTerm image={image} {...shape} label="The source of the run" symbol="x_0" caption="the source" />
      <ImageTerm
        image={of(x0)}
        {...shape}
        label={`What the model takes variant ${chosen + 1} for`}
        symbol="x̂_0"
        caption="the prediction"
      />
      <ImageTerm
        image={of(x)}
        {...shape}
        label={`Inpainted variant ${chosen + 1}`}
        symbol={`x_{${t + 1}}`}
        caption={t < 0 ? 'finished' : `${(t + 1).toLocaleString('en')} steps of noise left`}
      />
    </div>
  );
}
