import { type ReactNode, useMemo, useState } from 'react';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import { useValues } from '../../panels/settings/useSettings';
import type { Pixel } from '../../ui/canvasGrid/PixelImage';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { formatQuantity } from '../../ui/formatQuantity';
import { useCalm } from '../../ui/useCalm';
import { explanations } from './help';
import { StepQuantity } from './StepQuantity';
import { reverseStepGroup } from './settings';
import { useReverseStep } from './state';
import { betaTildeSymbols, symbolsOf } from './symbols';
import { numberTexts } from './texNumber';
import { usedVariance, useGuessing, useStep } from './useStep';
import { type QuantityName, workedBetaTilde, workedEquations } from './workedEquations';

type Step = NonNullable<ReturnType<typeof useStep>>;

/** Every quantity of one step, in the order in which they are computed. */
export function StepPanel() {
  useGuessing();
  const shown = useStep();
  return (
    <Panel
      id="step"
      title="The step"
      lead="Point at a pixel of any image, or move with the arrow keys. Each formula shows the numbers of that pixel."
    >
      {shown ? (
        <Quantities {...shown} />
      ) : (
        <p className="empty">The step is shown once the model has guessed.</p>
      )}
    </Panel>
  );
}

function Quantities({ guess, step }: Step) {
  const { clipX0 } = useValues(reverseStepGroup);
  const guessing = useReverseStep((state) => state.status === 'running');
  const { size, channels, objective } = guess;
  const [chosen, setPixel] = useState<Pixel | null>(null);
  const [chosenChannel, setChannel] = useState(0);
  const middle = Math.floor(size / 2);
  const pixel = {
    row: Math.min(chosen?.row ?? middle, size - 1),
    column: Math.min(chosen?.column ?? middle, size - 1),
  };
  const channel = Math.min(chosenChannel, channels - 1);
  const at = (pixel.row * size + pixel.column) * channels + channel;
  const symbols = useMemo(() => symbolsOf(objective, { clipX0 }), [objective, clipX0]);
  // Typesetting a dozen equations at every move of the pointer would hold up the images.
  const calm = useCalm(
    useMemo(() => ({ guess, step, clipX0, at }), [guess, step, clipX0, at]),
    80,
  );
  const quantity = (name: QuantityName, title: string, image: Float32Array, children?: ReactNode) => (
    <StepQuantity
      {...{ name, title, image, size, channels, pixel, children }}
      symbols={symbols[name]}
      numbers={workedEquations[name](calm)}
      onPixel={setPixel}
    />
  );
  return (
    <div className="reverse-step stack" data-t={guess.t + 1} data-seed={guess.seed} aria-busy={guessing}>
      {channels > 1 && (
        <Segmented
          label="Channel of the pixel"
          explanation={<p>Which of the three colours of the pixel the numbers are worked out for.</p>}
          value={String(channel)}
          options={['Red', 'Green', 'Blue'].map((title, i) => ({ value: String(i), title }))}
          onChange={(next) => setChannel(Number(next))}
        />
      )}
      <div className="columns step-quantities">
        {quantity('xt', 'The noised image', step.xt)}
        {quantity('eps', 'The noise that the model guesses', guess.eps, <GuessError {...calm} />)}
        {quantity('x0', 'The image that it sees through the noise', step.x0)}
        {quantity(
          'posteriorMean',
          'The mean of the posterior, if the image were known',
          step.posteriorMean,
          <BetaTilde step={calm.step} />,
        )}
        {quantity('meanFromEps', 'The mean of the step, from the noise', step.meanFromEps)}
        {quantity('meanFromX0', 'The same through the image', step.meanFromX0, <Difference step={step} />)}
        {quantity('spread', 'Fresh noise', step.spread, <Sigma {...calm} />)}
        {quantity('next', 'The image one step back', step.next)}
      </div>
    </div>
  );
}

function GuessError({ guess, at }: { guess: Step['guess']; at: number }) {
  const error = useMemo(
    () =>
      guess.eps.reduce((sum, value, i) => sum + (value - (guess.noise[i] as number)) ** 2, 0) /
      guess.eps.length,
    [guess],
  );
  return (
    <p className="note">
      The noise that is there: <b className="noise">ε = {numberTexts(guess.noise[at] as number).text}</b>.
      Mean squared error of the guess over all pixels: <b data-number="error">{formatQuantity(error)}</b>.
    </p>
  );
}

function BetaTilde({ step }: { step: Step['step'] }) {
  return (
    <div className="note" data-number="beta-tilde">
      <Equation {...betaTildeSymbols} />
      <div className="step-quantity__numbers">
        <Equation {...workedBetaTilde(step.constants)} />
      </div>
      <p>
        The variance of the posterior (eq. 7 of the paper). The annotated page has a misprint here: its
        denominator is an “a”, and the factor β<sub>t</sub> is missing.
      </p>
    </div>
  );
}

function Difference({ step }: { step: Step['step'] }) {
  const { clipX0 } = useValues(reverseStepGroup);
  const cut = useMemo(() => step.rawX0.filter((value) => Math.abs(value) > 1).length, [step]);
  return (
    <p className="note">
      Largest difference of both forms: <b data-number="difference">{formatQuantity(step.difference)}</b>
      {clipX0 && cut > 0
        ? `; ${cut} of ${step.rawX0.length} values of the predicted image were cut.`
        : ', which is rounding.'}
      <Explanation about="both forms of the mean">{explanations.difference}</Explanation>
    </p>
  );
}

const varianceSymbols: Record<VarianceChoice, string> = { beta: 'β', betaTilde: 'β̃', learned: 'σ̂²' };

function Sigma({
  guess,
  step: { sigmas, constants },
  at,
}: {
  guess: Step['guess'];
  step: Step['step'];
  at: number;
}) {
  const { variance } = useValues(reverseStepGroup);
  const used = usedVariance(variance, guess);
  return (
    <p className="note">
      {guess.t === 0 ? (
        'None is added in the last step, as in the paper; the reference adds it there too.'
      ) : (
        <>
          σ<sub>t</sub>² = {varianceSymbols[used]}
          <sub>t</sub> = <b data-number="variance">{formatQuantity((sigmas[at] as number) ** 2)}</b>
          {used === 'learned' &&
            `, which the model has learned for this value: between β̃ = ${formatQuantity(constants.betaTilde)} and β = ${formatQuantity(constants.beta)} at v = ${numberTexts(guess.v?.[at] as number).text}`}
          {used !== variance && '. This model has not learned its variance'}
        </>
      )}
    </p>
  );
}
