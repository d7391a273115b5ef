import { useCallback, useMemo } from 'react';
import { blended } from '../../../engine/diffusion/interpolation';
import { frameAt, lambdaAt } from '../../../store/interpolationSlice';
import { useStore } from '../../../store/store';
import { PictureTerm } from '../../../ui/canvasGrid/PictureTerm';
import { PicturePicker, pictureName } from '../../data/PicturePicker';
import { useCurrentData } from '../../data/useCurrentData';
import { useFrames } from './useFrames';
import type { ShownPair } from './usePair';
import './MixturePictures.css';

/** Both pictures, both noised, their mixture, and what the model makes of it. */
export function MixturePictures({ pair }: { pair: ShownPair | null }) {
  const data = useCurrentData();
  const { settings, place } = useStore((state) => state.interpolation);
  const frames = useFrames();
  const result = frameAt({ frames }, place);
  const set = useStore((state) => state.setInterpolation);
  const mixed = useMemo(
    () => pair && blended(settings.blend, pair, lambdaAt(place)),
    [pair, settings.blend, place],
  );
  const pickFrom = useCallback((from: number) => set({ from }), [set]);
  const pickTo = useCallback((to: number) => set({ to }), [set]);
  const name = (index: number) => (data ? pictureName(data, index) : '');
  const common = { size: pair?.size ?? 8, channels: pair?.channels ?? 1 };
  return (
    <div className="mixture">
      <PictureTerm
        {...common}
        picture={pair?.x0 ?? null}
        label={`The first picture: ${name(settings.from)}`}
        symbol={<>x{<sub>0</sub>}</>}
        caption={name(settings.from)}
      >
        <PicturePicker
          label="First picture: choose"
          text="Choose"
          selected={settings.from}
          onPick={pickFrom}
        />
      </PictureTerm>
      <PictureTerm
        {...common}
        picture={pair?.xt ?? null}
        label={`The first picture with noise, t = ${settings.t}`}
        symbol={<>x{<sub>t</sub>}</>}
        caption="with noise"
      />
      <PictureTerm
        {...common}
        picture={mixed}
        label={`The mixture at λ = ${lambdaAt(place)}`}
        symbol={<>x̄{<sub>t</sub>}</>}
        caption="the mixture"
      />
      <PictureTerm
        {...common}
        picture={pair?.xtPrime ?? null}
        label={`The second picture with noise, t = ${settings.t}`}
        symbol={<>x′{<sub>t</sub>}</>}
        caption="with noise"
      />
      <PictureTerm
        {...common}
        picture={pair?.x0Prime ?? null}
        label={`The second picture: ${name(settings.to)}`}
        symbol={<>x′{<sub>0</sub>}</>}
        caption={name(settings.to)}
      >
        <PicturePicker label="Second picture: choose" text="Choose" selected={settings.to} onPick={pickTo} />
      </PictureTerm>
      <PictureTerm
        {...common}
        picture={result}
        label={`The picture between, λ = ${lambdaAt(place)}`}
        symbol={<>x̄{<sub>0</sub>}</>}
        caption="the mixture denoised"
      />
    </div>
  );
}
