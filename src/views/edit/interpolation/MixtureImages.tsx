import { useCallback, useMemo } from 'react';
import { blended } from '../../../engine/diffusion/interpolation';
import { ImagePicker, imageName } from '../../../panels/data/ImagePicker';
import { useCurrentData } from '../../../panels/data/useCurrentData';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { ImageTerm } from '../../../ui/canvasGrid/ImageTerm';
import { interpolationGroup } from '../settings';
import { frameAt, lambdaAt } from './state';
import { useFrames } from './useFrames';
import type { ShownPair } from './usePair';

/** Both images, both noised, their mixture, and what the model makes of it. */
export function MixtureImages({ pair }: { pair: ShownPair | null }) {
  const data = useCurrentData();
  const settings = useValues(interpolationGroup);
  const { place } = settings;
  const frames = useFrames();
  const result = frameAt({ frames }, place);
  const { set } = useStore.getState();
  const mixed = useMemo(
    () => pair && blended(settings.blend, pair, lambdaAt(place)),
    [pair, settings.blend, place],
  );
  const pickFrom = useCallback((from: number) => set(interpolationGroup, { from }), [set]);
  const pickTo = useCallback((to: number) => set(interpolationGroup, { to }), [set]);
  const name = (index: number) => (data ? imageName(data, index) : '');
  const common = { size: pair?.size ?? 8, channels: pair?.channels ?? 1 };
  return (
    <div className="mixture">
      <ImageTerm
        {...common}
        image={pair?.x0 ?? null}
        label={`The first image: ${name(settings.from)}`}
        symbol="x_0"
        caption={name(settings.from)}
      >
        <ImagePicker label="First image: choose" text="Choose" selected={settings.from} onPick={pickFrom} />
      </ImageTerm>
      <ImageTerm
        {...common}
        image={pair?.xt ?? null}
        label={`The first image with noise, t = ${settings.t}`}
        symbol="x_t"
        caption="with noise"
      />
      <ImageTerm
        {...common}
        image={mixed}
        label={`The mixture at λ = ${lambdaAt(place)}`}
        symbol="x̄_t"
        caption="the mixture"
      />
      <ImageTerm
        {...common}
        image={pair?.xtPrime ?? null}
        label={`The second image with noise, t = ${settings.t}`}
        symbol="x′_t"
        caption="with noise"
      />
      <ImageTerm
        {...common}
        image={pair?.x0Prime ?? null}
        label={`The second image: ${name(settings.to)}`}
        symbol="x′_0"
        caption={name(settings.to)}
      >
        <ImagePicker label="Second image: choose" text="Choose" selected={settings.to} onPick={pickTo} />
      </ImageTerm>
      <ImageTerm
        {...common}
        image={result}
        label={`The image between, λ = ${lambdaAt(place)}`}
        symbol="x̄_0"
        caption="the mixture denoised"
      />
    </div>
  );
}
