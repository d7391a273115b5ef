import { type ReactNode, useMemo, useState } from 'react';
import { bitsOfNat } from '../../engine/diffusion/bound';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { PlotBox } from '../../ui/plot/PlotBox';
import { QuantityRow, QuantityTable } from '../../ui/quantityTable/QuantityTable';
import { ofNats, termCurve, type Unit } from './boundCurves';
import { explanations } from './help';
import { type Amount, totalOf, useBound } from './state';
import type { BoundResult } from './study';

const units = [
  { value: 'bits', title: 'Bits' },
  { value: 'nats', title: 'Nats' },
] as const;

const boundTex = String.raw`L = \underbrace{D_{\mathrm{KL}}(q(x_T|x_0)\,\|\,p(x_T))}_{L_T} + \sum_{t=2}^{T} \underbrace{D_{\mathrm{KL}}(q(x_{t-1}|x_t,x_0)\,\|\,p_\theta(x_{t-1}|x_t))}_{L_{t-1}} \underbrace{-\log p_\theta(x_0|x_1)}_{L_0}`;
const stepTex = String.raw`L_{t-1} = \tfrac12\Bigl(\tfrac{\tilde\beta_t}{\sigma_t^2} - 1 - \ln\tfrac{\tilde\beta_t}{\sigma_t^2}\Bigr) + \frac{\lVert\tilde\mu_t - \mu_\theta\rVert^2}{2\sigma_t^2}`;

/** The terms over t, and their sum. */
export function TermsPanel() {
  const [unit, setUnit] = useState<Unit>('bits');
  const result = useBound((state) => state.result);
  return (
    <Panel
      id="terms"
      title="Terms of the bound"
      lead="The cost of each step per dimension (one value of a pixel): the divergence of the model’s step from the posterior, which knows the image."
      actions={<Segmented label="Unit" labelHidden value={unit} options={units} onChange={setUnit} />}
    >
      <div className="stack">
        <Equation
          tex={boundTex}
          label="L is the divergence of q of x T from p of x T, plus the divergences of all steps, minus the logarithm of p of x zero given x 1"
        />
        <TermPlot unit={unit} />
        {result && <Totals result={result} unit={unit} />}
        <Equation
          tex={stepTex}
          label="L t minus 1 is one half of beta tilde over sigma squared, minus one, minus its logarithm, plus the squared distance of both means over two sigma squared"
        />
        <p className="note">
          A dimension each. The annotated page leaves the first part out; the paper has it as the constant C
          of eq. 8. With σ² = β̃ it is 0, with σ² = β it counts.
        </p>
      </div>
    </Panel>
  );
}

function TermPlot({ unit }: { unit: Unit }) {
  const terms = useBound((state) => state.terms);
  const series = useMemo(
    () => [{ label: 'L', ...termCurve(terms, unit), colorToken: '--series-1' }],
    [terms, unit],
  );
  return (
    <figure>
      <figcaption className="note">
        {unit === 'bits' ? 'Bits' : 'Nats'} a dimension of the step from x<sub>t</sub>, logarithmic; at t = 1
        the decoder’s L<sub>0</sub>
      </figcaption>
      <PlotBox
        series={series}
        logY
        xLabel="t"
        label={`The terms of the bound over t: ${terms.length === 0 ? 'none yet' : `${terms.length} measured`}`}
        empty={terms.length === 0 && 'Each term is drawn as it is measured.'}
      />
      {terms.length > 1 && (
        <p className="note" data-asked={terms.length}>
          Asked: t = {terms.map(({ t }) => (t + 1).toLocaleString('en')).join(', ')}
        </p>
      )}
    </figure>
  );
}

function Totals({ result, unit }: { result: BoundResult; unit: Unit }) {
  const { prior, pictures: images, levels, sawHeldOut } = result;
  const { steps, decoder, total } = totalOf(result);
  const dimension = unit === 'bits' ? 'bits a dimension' : 'nats a dimension';
  return (
    <>
      <QuantityTable caption={`The bound and its parts, ${dimension}`} valueTitle={unit}>
        <AmountRow id="prior" symbol="L_T" amount={prior} unit={unit}>
          what of the image is left in x<sub>T</sub>
        </AmountRow>
        <AmountRow id="steps" symbol="Σ L_{t−1}" amount={steps} unit={unit}>
          all steps but the last
        </AmountRow>
        <AmountRow id="decoder" symbol="L_0" amount={decoder} unit={unit}>
          the last step, to one of {levels} levels{' '}
          <Explanation about="the levels">{explanations.levels}</Explanation>
        </AmountRow>
        <AmountRow id="total" symbol="L" amount={total} unit={unit}>
          <b>the bound</b>, {dimension}, on {images} images
        </AmountRow>
      </QuantityTable>
      <p className="note">
        Naming a pixel of {levels} levels without any model costs {ofNats(Math.log(levels), unit).toFixed(2)}{' '}
        {unit}. ± is one standard error, of which images were drawn.{' '}
        {unit === 'bits' && `A bit is ${(1 / bitsOfNat).toFixed(3)} nats. `}
        {sawHeldOut
          ? 'This model learned from these images, too: on others it would be a little worse.'
          : 'The model never saw these images.'}
      </p>
    </>
  );
}

interface AmountRowProps {
  id: string;
  symbol: string;
  amount: Amount;
  unit: Unit;
  children: ReactNode;
}

function AmountRow({ id, symbol, amount, unit, children }: AmountRowProps) {
  const value = (
    <>
      {ofNats(amount.nats, unit).toFixed(4)} <small>± {ofNats(amount.error, unit).toFixed(4)}</small>
    </>
  );
  return (
    <QuantityRow id={id} symbol={symbol} value={value}>
      {children}
    </QuantityRow>
  );
}
