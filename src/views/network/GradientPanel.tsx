import { useMemo } from 'react';
import type { Patch } from '../../settings/path';
import { useStore } from '../../store/store';
import { ImageCanvas } from '../../ui/canvasGrid/ImageCanvas';
import { PixelPointer } from '../../ui/canvasGrid/PixelPointer';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { formatQuantity } from '../../ui/formatQuantity';
import { MapOverlay } from '../../ui/maps/MapOverlay';
import { explanations } from './explanations';
import { useChosenConfig } from './model/useChosenModel';
import { receptiveField } from './receptiveField';
import { type NetworkSettings, networkGroup } from './settings';
import type { Gradients } from './state';
import { pointAtPixel, useNetwork } from './state';
import { useDifferentiating, useNetworkSettings } from './useInside';

/** Which pixels of the noisy image decide one pixel of the prediction, at several t. */
export function GradientPanel() {
  useDifferentiating();
  const { of, t, colour } = useNetworkSettings();
  const { imageChannels } = useChosenConfig();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  const gradients = useNetwork((state) => state.gradients);
  const busy = useNetwork((state) => state.differentiating);
  return (
    <Panel
      id="gradient"
      title="What decides this pixel?"
      lead="The gradient of one predicted pixel with respect to every pixel of the noisy image, near the image and near the noise. Point at a pixel to choose it."
      actions={<Explanation about="the gradient">{explanations.gradient}</Explanation>}
    >
      <div className="stack" aria-busy={busy}>
        <Segmented
          label="Predicted pixel"
          explanation={explanations.of}
          value={of}
          options={[
            { value: 'eps', title: 'Noise ε̂' },
            { value: 'x0', title: <>Image x̂₀</> },
          ]}
          onChange={(next) => set({ of: next })}
        />
        {imageChannels > 1 && (
          <Segmented
            label="Colour of the pixel"
            value={String(colour)}
            options={['Red', 'Green', 'Blue'].map((title, i) => ({ value: String(i), title }))}
            onChange={(next) => set({ colour: Number(next) })}
          />
        )}
        {gradients ? (
          <div className="attention-maps" data-of={gradients.of}>
            {gradients.shown.map((one) => (
              <GradientMap key={one.t} {...one} gradients={gradients} chosen={one.t + 1 === t} />
            ))}
          </div>
        ) : (
          <p className="empty">The gradient is shown once the model has run.</p>
        )}
      </div>
    </Panel>
  );
}

type GradientMapProps = Gradients['shown'][number] & { gradients: Gradients; chosen: boolean };

function GradientMap({ t, xt, gradient, gradients, chosen }: GradientMapProps) {
  const chosenPixel = useNetworkSettings();
  const { config, row, column } = gradients;
  const { imageSize: size, imageChannels: channels } = config;
  const { values, own, pixels } = useMemo(
    () => receptiveField(gradient, channels, row * size + column),
    [gradient, channels, row, column, size],
  );
  return (
    <figure className="stack gap-1" data-t={t + 1} data-chosen={chosen || undefined}>
      <PixelPointer
        size={size}
        label={`Gradient at t = ${t + 1}`}
        pixel={chosenPixel}
        onPixel={(pixel) => pointAtPixel(pixel.row, pixel.column)}
      >
        <ImageCanvas image={xt} size={size} channels={channels} label="" />
        <MapOverlay values={values} size={size} />
      </PixelPointer>
      <figcaption className="note">
        <b>
          <span className="math">t</span> = {(t + 1).toLocaleString('en')}
          {chosen && ', as chosen above'}
        </b>
        <span>
          <b data-number="pixels">{pixels}</b> of {size * size} pixels make up 90 % of the gradient. The pixel
          itself: {formatQuantity(Math.abs(own))}.
        </span>
      </figcaption>
    </figure>
  );
}
