import type { ObjectiveId } from '../../../engine/diffusion/objectives/objectives';

const input = String.raw`\htmlClass{signal}{\sqrt{\bar\alpha_t}\,x_0} + \htmlClass{noise}{\sqrt{1-\bar\alpha_t}\,\varepsilon}`;

interface ObjectiveEquation {
  tex: string;
  /** For screen readers. */
  words: string;
  /** Letter of the network: ε in ε_θ. */
  network: string;
}

const ofNetwork =
  'of the square root of alpha bar t times x zero plus the square root of one minus alpha bar t times epsilon, and t';
const start = 'L simple is the expected value, over x zero, epsilon and t, of the squared difference between';

const equations: Record<ObjectiveId, ObjectiveEquation> = {
  epsilon: {
    tex: lossOf(String.raw`\htmlClass{noise}{\varepsilon}`, String.raw`\varepsilon_\theta`),
    words: `${start} epsilon and epsilon theta ${ofNetwork}`,
    network: 'ε',
  },
  x0: {
    tex: lossOf(String.raw`\htmlClass{signal}{x_0}`, String.raw`x_\theta`),
    words: `${start} x zero and x theta ${ofNetwork}`,
    network: 'x',
  },
  v: {
    tex: lossOf(
      String.raw`(\sqrt{\bar\alpha_t}\,\htmlClass{noise}{\varepsilon} - \sqrt{1-\bar\alpha_t}\,\htmlClass{signal}{x_0})`,
      String.raw`v_\theta`,
    ),
    words: `${start} v and v theta ${ofNetwork}`,
    network: 'v',
  },
  flow: {
    tex: String.raw`L = \mathbb{E}_{x_0,\,\varepsilon,\,s}\left\lVert\, (\htmlClass{noise}{\varepsilon} - \htmlClass{signal}{x_0}) - u_\theta\bigl(\htmlClass{signal}{(1-s)\,x_0} + \htmlClass{noise}{s\,\varepsilon},\; s\bigr) \right\rVert^2`,
    words:
      'L is the expected value, over x zero, epsilon and s, of the squared difference between epsilon minus x zero and u theta of one minus s times x zero plus s times epsilon, and s',
    network: 'u',
  },
};

/** L_simple (Ho et al. 2020, eq. 14), or that of flow matching, for what the network of an objective predicts. */
export function equationOf(objective: string): ObjectiveEquation {
  return equations[objective as ObjectiveId];
}

function lossOf(target: string, prediction: string): string {
  return String.raw`L_\text{simple} = \mathbb{E}_{x_0,\,\varepsilon,\,t}\left\lVert\, ${target} - ${prediction}\bigl(${input},\; t\bigr) \right\rVert^2`;
}
