import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from '../../store/store';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { formatQuantity } from '../../ui/formatQuantity';
import { useCalm } from '../sample/useCalm';
import { explanations } from './explanations';
import type { Pixel } from './PixelPicture';
import { StepQuantity } from './StepQuantity';
import { betaTildeSymbols, symbolsOf } from './symbols';
import { numberTexts } from './texNumber';
import { useGuessing, useStep } from './useStep';
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
      lead="Point at a pixel of any picture, or walk with the arrow keys: each formula is worked with the numbers of that pixel."
    >
      {shown ? (
        <Quantities {...shown} />
      ) : (
        <p className="reverse-empty">The step is shown once the model has guessed.</p>
      )}
    </Panel>
  );
}

function Quantities({ guess, step }: Step) {
  const { clipX0 } = useStore((state) => state.reverseStep.settings);
  const guessing = useStore((state) => state.reverseStep.guessing);
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
  // Typesetting a dozen equations at every move of the pointer would hold up the pictures.
  const calm = useCalm(
    useMemo(() => ({ guess, step, clipX0, at }), [guess, step, clipX0, at]),
    80,
  );
  const quantity = (name: QuantityName, title: string, picture: Float32Array, children?: ReactNode) => (
    <StepQuantity
      {...{ name, title, picture, size, channels, pixel, children }}
      symbols={symbols[name]}
      numbers={workedEquations[name](calm)}
      onPixel={setPixel}
    />
  );
  return (
    <div className="reverse-step" data-t={guess.t + 1} data-seed={guess.seed} aria-busy={guessing}>
      {channels > 1 && (
        <Segmented
          label="Channel of the pixel"
          explanation={<p>Which of the three colours of the pixel the numbers are worked out for.</p>}
          value={String(channel)}
          options={['Red', 'Green', 'Blue'].map((title, i) => ({ value: String(i), title }))}
          onChange={(next) => setChannel(Number(next))}
        />
      )}
      <div className="reverse-step__quantities">
        {quantity('xt', 'The noised picture', step.xt)}
        {quantity('eps', 'The noise that the model guesses', guess.eps, <GuessError {...calm} />)}
        {quantity('x0', 'The picture that it sees through the noise', step.x0)}
        {quantity(
          'posteriorMean',
          'The mean of the posterior, if the picture were known',
          step.posteriorMean,
          <BetaTilde step={calm.step} />,
        )}
        {quantity('meanFromEps', 'The mean of the step, from the noise', step.meanFromEps)}
        {quantity('meanFromX0', 'The same through the picture', step.meanFromX0, <Difference step={step} />)}
        {quantity('spread', 'Fresh noise', step.spread, <Sigma step={step} t={guess.t} />)}
        {quantity('next', 'The picture one step back', step.next)}
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
    <p className="step-quantity__note">
      The noise that is there:{' '}
      <b className="step-quantity__noise">ε = {numberTexts(guess.noise[at] as number).text}</b>. Mean squared
      error of the guess over all pixels: <b data-number="error">{formatQuantity(error)}</b>.
    </p>
  );
}

function BetaTilde({ step }: { step: Step['step'] }) {
  return (
    <div className="step-quantity__note" data-number="beta-tilde">
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
  const { clipX0 } = useStore((state) => state.reverseStep.settings);
  const cut = useMemo(() => step.rawX0.filter((value) => Math.abs(value) > 1).length, [step]);
  return (
    <p className="step-quantity__note">
      Largest difference of both forms: <b data-number="difference">{formatQuantity(step.difference)}</b>
      {clipX0 && cut > 0
        ? `; ${cut} of ${step.rawX0.length} values of the predicted picture were cut.`
        : ', which is rounding.'}
      <Explanation about="both forms of the mean">{explanations.difference}</Explanation>
    </p>
  );
}

function Sigma({ step: { constants }, t }: { step: Step['step']; t: number }) {
  const { variance } = useStore((state) => state.reverseStep.settings);
  return (
    <p className="step-quantity__note">
      {t === 0 ? (
        'None is added in the last step, as in the paper; the reference adds it there too.'
      ) : (
        <>
          σ<sub>t</sub>² = {variance === 'beta' ? 'β' : 'β̃'}
          <sub>t</sub> = <b data-number="variance">{formatQuantity(constants.sigma ** 2)}</b>
        </>
      )}
    </p>
  );
}
