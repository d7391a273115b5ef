import type { EquationText } from '../../engine/diffusion/samplers/equationText';
import type { QuantityName } from './workedEquations';

const x0 = String.raw`\htmlClass{signal}{x_0}`;
const guessedX0 = String.raw`\htmlClass{signal}{\hat x_0}`;
const eps = String.raw`\htmlClass{noise}{\varepsilon}`;
const guessedEps = String.raw`\htmlClass{noise}{\varepsilon_\theta}`;
const posteriorOf = (image: string) =>
  String.raw`\tfrac{\sqrt{\bar\alpha_{t-1}}\,\beta_t}{1-\bar\alpha_t}\,${image} + \tfrac{\sqrt{\alpha_t}\,(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}\,x_t`;

/** Each quantity of the step in symbols. */
export function symbolsOf(
  objective: string,
  { clipX0 }: { clipX0: boolean },
): Record<QuantityName, EquationText> {
  return {
    xt: {
      tex: String.raw`x_t = \sqrt{\bar\alpha_t}\;${x0} + \sqrt{1-\bar\alpha_t}\;${eps}`,
      label:
        'x t equals the root of alpha bar t times x zero, plus the root of one minus alpha bar t times epsilon',
    },
    eps: guessSymbols(objective),
    x0: {
      tex: String.raw`${guessedX0} = ${clipX0 ? String.raw`\operatorname{clip}` : ''}\frac{x_t - \sqrt{1-\bar\alpha_t}\;${guessedEps}}{\sqrt{\bar\alpha_t}}`,
      label: `x hat zero equals x t minus the root of one minus alpha bar t times epsilon theta, over the root of alpha bar t${clipX0 ? ', cut to −1 to 1' : ''}`,
    },
    posteriorMean: {
      tex: String.raw`\tilde\mu_t = ${posteriorOf(x0)}`,
      label: 'mu tilde t is a weighted sum of x zero and x t',
    },
    meanFromEps: {
      tex: String.raw`\mu_\theta = \tfrac{1}{\sqrt{\alpha_t}}\bigl(x_t - \tfrac{\beta_t}{\sqrt{1-\bar\alpha_t}}\,${guessedEps}\bigr)`,
      label:
        'mu theta equals one over the root of alpha t, times x t minus beta t over the root of one minus alpha bar t times epsilon theta',
    },
    meanFromX0: {
      tex: String.raw`\mu_\theta = ${posteriorOf(guessedX0)}`,
      label: 'mu theta is a weighted sum of x hat zero and x t',
    },
    spread: {
      tex: String.raw`\sigma_t\,z,\quad z\sim\mathcal N(0, I)`,
      label: 'sigma t times z, z being standard normal',
    },
    next: {
      tex: String.raw`x_{t-1} = \mu_\theta + \sigma_t\,z`,
      label: 'x t minus 1 equals mu theta plus sigma t times z',
    },
  };
}

function guessSymbols(objective: string): EquationText {
  if (objective === 'x0') {
    return {
      tex: String.raw`${guessedEps} = \frac{x_t - \sqrt{\bar\alpha_t}\;\htmlClass{signal}{x_\theta}}{\sqrt{1-\bar\alpha_t}}`,
      label:
        'epsilon theta equals x t minus the root of alpha bar t times the guessed image, over the root of one minus alpha bar t',
    };
  }
  if (objective === 'v') {
    return {
      tex: String.raw`${guessedEps} = \sqrt{1-\bar\alpha_t}\;x_t + \sqrt{\bar\alpha_t}\;v_\theta`,
      label:
        'epsilon theta equals the root of one minus alpha bar t times x t, plus the root of alpha bar t times v theta',
    };
  }
  if (objective === 'flow') {
    return {
      tex: String.raw`${guessedEps} = \frac{x_t + \sqrt{\bar\alpha_t}\;u_\theta}{\sqrt{\bar\alpha_t}+\sqrt{1-\bar\alpha_t}}`,
      label:
        'epsilon theta equals x t plus the root of alpha bar t times the velocity u theta, over the sum of the roots of alpha bar t and of one minus alpha bar t',
    };
  }
  return { tex: `${guessedEps}(x_t, t)`, label: 'epsilon theta of x t and t' };
}

export const betaTildeSymbols: EquationText = {
  tex: String.raw`\tilde\beta_t = \frac{1-\bar\alpha_{t-1}}{1-\bar\alpha_t}\,\beta_t`,
  label: 'beta tilde t equals one minus alpha bar t minus 1, over one minus alpha bar t, times beta t',
};
