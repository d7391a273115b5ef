import { useMemo } from 'react';
import { alphaBarAt } from '../../../engine/diffusion/diffusion';
import { objectiveOf } from '../../../engine/diffusion/objectives/objectives';
import type { Activation } from '../../../engine/network/activations';
import { nchwToNhwc } from '../../../engine/unet/layout';
import { ImageTerm } from '../../../ui/canvasGrid/ImageTerm';
import { formatQuantity } from '../../../ui/formatQuantity';
import { meanSquare } from '../brokenStudy';
import type { Inside } from '../state';

/** ε̂ and x̂₀ of the network as it is and as it is changed. */
export function BrokenPrediction({ inside }: { inside: Inside }) {
  const { config, x0 } = inside;
  const [unbroken, broken] = useMemo(
    () => [predicted(inside, inside.unbroken), predicted(inside, inside.outputs.get('final') as Activation)],
    [inside],
  );
  const shape = { size: config.imageSize, channels: config.imageChannels };
  const error = (eps: Float32Array) => formatQuantity(meanSquare(eps, inside.noise));
  return (
    <div className="images images--3 broken-prediction" data-changes={inside.changes.length}>
      <ImageTerm image={inside.xt} {...shape} symbol="x_t" caption="Noisy image" />
      <ImageTerm image={unbroken.eps} {...shape} kind="noise" symbol="ε̂" caption="Unbroken">
        <ErrorNote value={error(unbroken.eps)} name="unbroken" />
      </ImageTerm>
      <ImageTerm image={broken.eps} {...shape} kind="noise" symbol="ε̂" caption="Changed">
        <ErrorNote value={error(broken.eps)} name="broken" />
      </ImageTerm>
      <ImageTerm image={x0} {...shape} kind="signal" symbol="x₀" caption="Image" />
      <ImageTerm image={unbroken.x0} {...shape} kind="signal" symbol="x̂₀" caption="Unbroken" />
      <ImageTerm image={broken.x0} {...shape} kind="signal" symbol="x̂₀" caption="Changed" />
    </div>
  );
}

function ErrorNote({ value, name }: { value: string; name: string }) {
  return (
    <p className="note">
      Error <span data-number={`error-${name}`}>{value}</span>
    </p>
  );
}

function predicted({ config, diffusion, t, xt }: Inside, { data }: Activation) {
  const prediction = nchwToNhwc(data, config.imageChannels, config.imageSize ** 2);
  const { toEps, toX0 } = objectiveOf(config.objective);
  const alphaBar = alphaBarAt(diffusion, t);
  const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  const combined = ([ofX, ofPrediction]: [number, number]) =>
    xt.map((value, i) => ofX * value + ofPrediction * (prediction[i] as number));
  return { eps: combined(toEps(signal, spread)), x0: combined(toX0(signal, spread)) };
}
