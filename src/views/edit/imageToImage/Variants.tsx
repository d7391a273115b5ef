import { useMemo } from 'react';
import { createDiffusion } from '../../../engine/diffusion/diffusion';
import { qSample } from '../../../engine/diffusion/forward';
import { Random } from '../../../engine/training/random';
import { useModelConfig } from '../../../panels/model/useModel';
import { useValues } from '../../../panels/settings/useSettings';
import { isSameShape } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { ImageTerm } from '../../../ui/canvasGrid/ImageTerm';
import { drawingOf } from '../drawings';
import { imageToImageGroup } from '../settings';
import { useImageToImage } from './state';

/** What the model makes of the drawing: all variants, and the way of the chosen one. */
export function Variants() {
  const { variants, chosen, choose } = useImageToImage();
  const drawing = useStore(drawingOf);
  const { count } = useValues(imageToImageGroup);
  if (!variants || !isSameShape(variants, drawing))
    return (
      <EmptyGrid columns={4} count={count}>
        What the model makes of the drawing comes here.
      </EmptyGrid>
    );
  return (
    <ImageGrid
      {...variants}
      columns={4}
      label="Variants"
      selected={chosen}
      onSelect={choose}
      nameOf={(index) => `Variant ${index + 1}`}
    />
  );
}

/** The drawing, the chosen variant's x_t, and the variant. */
export function ChosenVariant() {
  const { variants, chosen } = useImageToImage();
  const drawing = useStore(drawingOf);
  const settings = useValues(imageToImageGroup);
  const { schedule, nSteps } = useModelConfig();
  const t = Math.min(settings.t, nSteps);
  const { seed, count } = settings;
  const source = drawing?.history.present ?? null;
  // The noise that the engine puts on: that of all variants comes first, one after the other.
  const xt = useMemo(() => {
    if (!source) return null;
    const noise = new Random(seed).normal(count * source.length);
    const at = Math.min(chosen, count - 1) * source.length;
    return qSample(createDiffusion(schedule, nSteps), source, t - 1, noise.subarray(at, at + source.length));
  }, [source, seed, count, chosen, schedule, nSteps, t]);
  if (!drawing) return null;
  const { size, channels } = drawing;
  const shape = { size, channels };
  const length = size * size * channels;
  const variant =
    variants && isSameShape(variants, drawing)
      ? variants.images.subarray(chosen * length, (chosen + 1) * length)
      : null;
  return (
    <div className="images images--3">
      <ImageTerm image={source} {...shape} label="The source" symbol="x_0" caption="the source" />
      <ImageTerm
        image={xt}
        {...shape}
        label={`The source with noise, t = ${t}`}
        symbol="x_t"
        caption="with noise"
      />
      <ImageTerm
        image={variant}
        {...shape}
        label={`Variant ${chosen + 1} of the source`}
        symbol="x̂_0"
        caption={`variant ${chosen + 1}`}
      />
    </div>
  );
}
