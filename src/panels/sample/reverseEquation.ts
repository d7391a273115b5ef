import type { Mean, ReverseTerms } from './reverseTerms';

type MeanForm = Mean['form'];

/** An equation as LaTeX and in words. */
export interface EquationText {
  tex: string;
  label: string;
}

const noise = (tex: string) => String.raw`\htmlClass{noise}{${tex}}`;
const signal = (tex: string) => String.raw`\htmlClass{signal}{${tex}}`;

/** p(x_s | x_t) in symbols; `noisy` where σ > 0, `everyStep` where s is always t − 1. */
export function reverseDistribution(noisy: boolean, everyStep: boolean): EquationText {
  const [s, spoken] = everyStep ? ['t-1', 't minus 1'] : ['s', 's'];
  const spread = noisy ? String.raw`\sigma_t^2 I` : '0';
  return {
    tex: String.raw`p_\theta(x_{${s}} \mid x_t) = \mathcal{N}(\mu_\theta,\, ${spread})`,
    label: `x ${spoken} given x t is normal around mu theta with ${noisy ? 'the variance sigma t squared' : 'no variance'}`,
  };
}

/** μ_θ in symbols, by the form in which it is computed. */
export function reverseMean(form: MeanForm, everyStep: boolean): EquationText {
  return {
    tex: String.raw`\mu_\theta = ${meanTex(form, everyStep ? 't-1' : 's', everyStep)}`,
    label: `mu theta equals ${meanWords[form]}`,
  };
}

const meanWords: Record<MeanForm, string> = {
  eps: 'one over the root of alpha t, times x t minus beta t over the root of one minus alpha bar t times the predicted noise',
  posterior: 'a weighted sum of the predicted picture x zero and x t',
  implicit: 'a weighted sum of the predicted picture x zero and the predicted noise',
  multistep: 'a weighted sum of x t, the predicted picture x zero, and the one predicted in the step before',
};

function meanTex(form: MeanForm, s: string, everyStep: boolean): string {
  const [alpha, beta] = everyStep
    ? [String.raw`\alpha_t`, String.raw`\beta_t`]
    : [String.raw`\alpha_{t|s}`, String.raw`\beta_{t|s}`];
  const before = String.raw`\bar\alpha_{${s}}`;
  const rest = String.raw`1-\bar\alpha_t`;
  const x0 = signal(String.raw`\hat x_0`);
  switch (form) {
    case 'eps':
      return String.raw`\tfrac{1}{\sqrt{${alpha}}}\bigl(x_t - \tfrac{${beta}}{\sqrt{${rest}}}\,${noise(String.raw`\varepsilon_\theta`)}\bigr)`;
    case 'posterior':
      return String.raw`\tfrac{\sqrt{${before}}\,${beta}}{${rest}}\,${x0} + \tfrac{\sqrt{${alpha}}\,(1-${before})}{${rest}}\,x_t`;
    case 'implicit':
      return String.raw`\sqrt{${before}}\,${x0} + \sqrt{1-${before}-\sigma_t^2}\;${noise(String.raw`\varepsilon_\theta`)}`;
    case 'multistep':
      return String.raw`\tfrac{\sqrt{1-${before}}}{\sqrt{${rest}}}\,x_t + \sqrt{${before}}\,(1-e^{-h})\bigl((1+\tfrac{1}{2r})\,${x0} - \tfrac{1}{2r}\,${x0}'\bigr)`;
  }
}

/** The step that was taken, with its numbers: x_412 = 1.0103 (x_413 − 0.0213 ε_θ) + 0.1417 z. */
export function reverseNumbers({ t, s, mean, sigma }: ReverseTerms): EquationText {
  const added = sigma > 0 ? String.raw` + ${digits(sigma)}\,z` : '';
  const spoken = sigma > 0 ? `, plus ${digits(sigma)} times fresh noise z` : '';
  return {
    tex: `x_{${s}} = ${meanNumbers(mean, t)}${added}`,
    label: `x ${s} equals ${meanSpoken(mean, t)}${spoken}`,
  };
}

function meanNumbers(mean: Mean, t: number): string {
  const x0 = signal(String.raw`\hat x_0`);
  const eps = noise(String.raw`\varepsilon_\theta`);
  switch (mean.form) {
    case 'eps':
      return String.raw`${digits(mean.scale)}\,\bigl(x_{${t}} - ${digits(mean.eps)}\,${eps}\bigr)`;
    case 'posterior':
      return String.raw`${digits(mean.x0)}\,${x0} + ${digits(mean.xt)}\,x_{${t}}`;
    case 'implicit':
      return String.raw`${digits(mean.x0)}\,${x0} + ${digits(mean.eps)}\,${eps}`;
    case 'multistep':
      return String.raw`${digits(mean.xt)}\,x_{${t}} + ${digits(mean.x0)}\,${x0} ${signed(mean.x0Before)}\,${x0}'`;
  }
}

function meanSpoken(mean: Mean, t: number): string {
  switch (mean.form) {
    case 'eps':
      return `${digits(mean.scale)} times the difference of x ${t} and ${digits(mean.eps)} times the predicted noise`;
    case 'posterior':
      return `${digits(mean.x0)} times the predicted picture plus ${digits(mean.xt)} times x ${t}`;
    case 'implicit':
      return `${digits(mean.x0)} times the predicted picture plus ${digits(mean.eps)} times the predicted noise`;
    case 'multistep':
      return (
        `${digits(mean.xt)} times x ${t} plus ${digits(mean.x0)} times the predicted picture ` +
        `${mean.x0Before < 0 ? 'minus' : 'plus'} ${digits(Math.abs(mean.x0Before))} times that of the step before`
      );
  }
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'} ${digits(Math.abs(value))}`;
}

/** Four decimals: the width of the equation stays the same from step to step. */
function digits(value: number): string {
  return value.toFixed(4);
}
