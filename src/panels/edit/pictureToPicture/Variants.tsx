import { useMemo } from 'react';
import { createDiffusion } from '../../../engine/diffusion/diffusion';
import { qSample } from '../../../engine/diffusion/forward';
import { Random } from '../../../engine/training/random';
import { isSameShape } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { PictureGrid } from '../../../ui/canvasGrid/PictureGrid';
import { PictureTerm } from '../../../ui/canvasGrid/PictureTerm';
import { useModelConfig } from '../../model/useModel';

/** What the model makes of the drawing: all variants, and the way of the chosen one. */
export function Variants() {
  const { variants, chosen, settings, drawing } = useStore((state) => state.pictureToPicture);
  const chooseVariant = useStore((state) => state.chooseVariant);
  if (!variants || !isSameShape(variants, drawing))
    return (
      <EmptyGrid columns={4} count={settings.count}>
        What the model makes of the drawing comes here.
      </EmptyGrid>
    );
  return (
    <PictureGrid
      {...variants}
      columns={4}
      label="Variants"
      selected={chosen}
      onSelect={chooseVariant}
      nameOf={(index) => `Variant ${index + 1}`}
    />
  );
}

/** The drawing, the chosen variant's x_t, and the variant. */
export function ChosenVariant() {
  const { variants, chosen, settings, drawing } = useStore((state) => state.pictureToPicture);
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
  const length = size * size * channels;
  const variant =
    variants && isSameShape(variants, drawing)
      ? variants.pictures.subarray(chosen * length, (chosen + 1) * length)
      : null;
  return (
    <div className="desk-chosen">
      <PictureTerm
        picture={source}
        size={size}
        channels={channels}
        label="The source"
        symbol={
          <>
            x<sub>0</sub>
          </>
        }
        caption="the source"
      />
      <PictureTerm
        picture={xt}
        size={size}
        channels={channels}
        label={`The source with noise, t = ${t}`}
        symbol={
          <>
            x<sub>t</sub>
          </>
        }
        caption="with noise"
      />
      <PictureTerm
        picture={variant}
        size={size}
        channels={channels}
        label={`Variant ${chosen + 1} of the source`}
        symbol={
          <>
            x̂<sub>0</sub>
          </>
        }
        caption={`variant ${chosen + 1}`}
      />
    </div>
  );
}
