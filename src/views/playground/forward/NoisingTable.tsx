import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { clampTime } from '../../../panels/forward/clampTime';
import { noisingAt } from '../../../panels/forward/noising';
import { useStore } from '../../../store/store';
import { formatQuantity } from '../../../ui/formatQuantity';
import { QuantityRow, QuantityTable } from '../../../ui/quantityTable/QuantityTable';
import { MathSymbol } from '../../../ui/WithSubscripts';

/** Every symbol of the equation: what it is, and its value at t. */
export function NoisingTable({ diffusion }: { diffusion: Diffusion }) {
  const t = useStore((state) => clampTime(state.values.forward, diffusion.nSteps));
  const { signal, noise, alphaBar, beta, snr } = noisingAt(diffusion, t);
  return (
    <QuantityTable
      caption="Symbols of the forward process and their values at t"
      valueTitle={`Value at t = ${t}`}
    >
      <QuantityRow id="beta" symbol="β_t" value={beta === null ? '–' : formatQuantity(beta)}>
        variance of the noise that step t adds
      </QuantityRow>
      <QuantityRow id="alpha-bar" symbol="ᾱ_t" value={formatQuantity(alphaBar)}>
        share of the image’s variance left: the product of all 1 − β so far
      </QuantityRow>
      <QuantityRow id="signal" kind="signal" symbol="√ᾱ_t" value={signal.toFixed(4)}>
        weight of the image <MathSymbol text="x_0" />
      </QuantityRow>
      <QuantityRow id="noise" kind="noise" symbol="√(1−ᾱ_t)" value={noise.toFixed(4)}>
        weight of the noise <i className="math">ε</i>, drawn from a standard normal distribution
      </QuantityRow>
      <QuantityRow id="snr" symbol="SNR" value={formatQuantity(snr)}>
        signal-to-noise ratio <MathSymbol text="ᾱ_t" /> / (1 − <MathSymbol text="ᾱ_t" />)
      </QuantityRow>
    </QuantityTable>
  );
}
