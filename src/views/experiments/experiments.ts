import type { SharedState } from '../../store/share/sharedState';

/** Some fields of a link's content, at any depth; what is left out is as in a link that leaves it out. */
type Some<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Field in keyof Value]?: Some<Value[Field]> }
    : Value;

type LinkContent = Pick<SharedState, 'model' | 'training' | 'sampling' | 'forward' | 'views'>;

/** A question that the page can answer: settings as a link has them, and what to do with them. */
export interface Experiment {
  title: string;
  question: string;
  /** What to do, in this order. */
  steps: readonly string[];
  look: string;
  shows: string;
  /** Address of its view, and the panel of the view that it is about. */
  view: string;
  panel: string;
  /** What its picture shows, by row where there are several. */
  picture: readonly string[];
  settings: Some<LinkContent>;
}

const small = { nChannels: 16, nGroups: 16 };
const quickly = { sampler: 'dpmSolver', steps: 15, spacing: 'logSnr' } as const;
const noAttention = ['down.2.attn', 'middle.attn', 'up.0.attn', 'up.1.attn'].map((block) => ({
  point: `${block}.output`,
  scale: 0,
}));

/** To add one: an entry here, and its picture in tools/experiments/pictures.ts. */
export const experiments = {
  schedule: {
    title: 'Linear or cosine schedule',
    question: 'Which schedule destroys the image sooner, linear or cosine?',
    steps: [
      'Look at the two images at t = 500.',
      'Move t down until you can read the digit, once for each schedule.',
    ],
    look: 'The two images at the same t, and ᾱ_t, the share of the image’s variance that is left.',
    shows:
      'The linear schedule is faster: half way ᾱ_t is 0.08, and under the cosine schedule still 0.49. So many of the last linear steps hold almost nothing but noise, and few steps are left for the details.',
    view: '#/forward',
    panel: 'compare-schedules',
    picture: ['linear', 'cosine'],
    settings: {
      forward: { t: 500 },
      views: { forwardLab: { first: 'linear', second: 'cosine', t: 500 } },
    },
  },
  tenSteps: {
    title: 'Ten steps: DDPM or DDIM',
    question: 'Which sampler draws digits in only ten steps?',
    steps: [
      'Press Compare. Both samplers start from the same noise.',
      'Give both 50 steps and compare again.',
    ],
    look: 'Grain: single bright and dark pixels that no digit of the data has.',
    shows:
      'DDIM draws digits in ten steps, and DDPM leaves noise. DDPM adds fresh noise in every step, and ten steps are too few to remove it. The distance to the nearest training image is 0.25 for DDIM, 0.39 for DDPM and 0.26 for real images that were held out. From about 50 steps on, both are good.',
    view: '#/samplers',
    panel: 'compare-samplers',
    picture: ['DDPM', 'DDIM'],
    settings: {
      views: {
        samplers: {
          a: { sampler: 'ancestral', steps: 10, spacing: 'even' },
          b: { sampler: 'ddim', steps: 10, spacing: 'even' },
        },
      },
    },
  },
  oneStep: {
    title: 'One step',
    question: 'How few network evaluations are enough for an image?',
    steps: [
      'Press Distil. The teacher takes 8 steps, and a student learns to draw in 4, then in 2, then in 1.',
      'When it has learned, compare the images and Fréchet distances of teacher and student in one step.',
      'Set Student steps to 2 or 4, and distil again.',
    ],
    look: 'Whether you can read the digits of the student, in as few steps as leave the teacher with noise.',
    shows:
      'The teacher needs about eight evaluations. Its Fréchet distance is 2.7 in 8 steps, 6.1 in 4 and 43 in one, where it draws little more than noise: its paths are curved, and one straight step leaves them. The student learns where the paths end, so it draws digits in one step. The longer it learns, the closer it comes to its teacher.',
    view: '#/distillation',
    panel: 'teacher-student',
    picture: ['teacher, 8 steps', 'teacher, 1 step', 'student, 1 step'],
    settings: { views: { distillation: { teacherSteps: 8, steps: 200, batchSize: 32 } } },
  },
  straight: {
    title: 'Straight or curved',
    question: 'Why does a flow need fewer steps than a diffusion model?',
    steps: [
      'Press Compare: the pretrained model in 2 and in 32 steps, from the same noise.',
      'Choose Flow under Model, and compare again.',
    ],
    look: 'The images in 2 steps beside those in 32, and the length of the path over the straight line.',
    shows:
      'A straight path can be walked in long steps. In 32 steps the paths of both models are nearly straight: 1.06 times the straight line for the pretrained model, 1.05 for the flow. In two steps they are 1.20 and 1.04 times as long: the first step of the diffusion model misses by far more than that of the flow, which was trained on straight lines.',
    view: '#/samplers',
    panel: 'compare-samplers',
    picture: ['pretrained, 2 steps', 'flow, 2 steps', 'flow, 32 steps'],
    settings: {
      views: {
        samplers: {
          a: { sampler: 'flowEuler', steps: 2, spacing: 'noiseShare' },
          b: { sampler: 'flowEuler', steps: 32, spacing: 'noiseShare' },
        },
      },
    },
  },
  guidance: {
    title: 'Guidance 0, 2 and 8',
    question: 'What does a higher guidance scale w do to an image?',
    steps: [
      'Look at the columns w = 0, 2 and 8 of the grid.',
      'Under Guidance, move w for an image of a 3 that is told to be an 8.',
    ],
    look: 'How alike the images of one class become, and where their strokes become hard.',
    shows:
      'Guidance moves the predicted image away from what the model draws without a class, towards the class. A little makes classes clearer and images less varied. At w = 8 the prediction overshoots: its values leave the range from −1 to 1, and strokes become hard.',
    view: '#/classes',
    panel: 'class-grid',
    picture: ['w = 0', 'w = 2', 'w = 8'],
    settings: { views: { classGuess: { example: 3, label: 8, t: 450, guidance: 2 } } },
  },
  memorised: {
    title: 'Forty examples: memorised',
    question: 'Does a perfect model of 40 examples make anything new?',
    steps: [
      'Press play: the samples follow the exact field.',
      'Set Field to Learned, train for a minute, and play again.',
    ],
    look: 'Whether samples end between the 40 points or on them.',
    shows:
      'The exact field leads every sample to one of the 40 points: a perfect answer to the training task only repeats its data. New samples come from what a network cannot learn exactly. For images, the view Quality shows the nearest training image of each sample.',
    view: '#/points',
    panel: 'points',
    picture: ['40 points of the data, and samples that the exact field leads onto them'],
    settings: { views: { points: { set: 'moons', count: 40, noise: 0.02, shown: 'exact', time: 200 } } },
  },
  learningRate: {
    title: 'A learning rate too high',
    question: 'What happens at 50 times the usual learning rate?',
    steps: [
      'Start training with a new model, for 300 steps.',
      'Open Training run, set the learning rate to 0.002, and train another new model.',
      'Open Runs: it has kept both, with their losses over each other and the setting that differs.',
    ],
    look: 'The loss: where it stays, and whether it jumps.',
    shows:
      'At 0.1 each step of Adam overshoots. The loss stays near 1, which is what a network reaches that predicts no noise at all. At 0.002 it is near 0.1 after 300 steps.',
    view: '#/',
    panel: 'train',
    picture: ['rate 0.002', 'rate 0.1'],
    settings: { model: small, training: { learningRate: 0.1, steps: 300 }, sampling: quickly },
  },
  clipping: {
    title: 'Without clipping',
    question: 'Why do samplers clip the predicted image x̂₀?',
    steps: ['Look at x̂₀ at t = 950.', 'Switch on Clip x̂₀.', 'Move t to 300, and switch it again.'],
    look: 'The values of x̂₀ at single pixels, and how much of them clipping takes away.',
    shows:
      'x̂₀ is divided by √ᾱ_t, which is 0.01 at t = 950. Small errors of the predicted noise become values of up to 9, where images only have −1 to 1. Clipping removes these errors. At t = 300 there is little to clip. In few steps of DDPM the images are visibly cleaner with clipping.',
    view: '#/reverse',
    panel: 'step',
    picture: ['not clipped', 'clipped'],
    settings: { views: { reverseStep: { t: 950, clipX0: false } } },
  },
  target: {
    title: 'Predict ε, x₀ or v',
    question: 'Does it matter whether the network predicts the noise, the image or v?',
    steps: [
      'Train a new model for 300 steps: it predicts v.',
      'Open Objective, set Prediction to ε and then to x₀, and train a new model each time.',
      'Open Runs: it has kept all three, with their samples from the same noise side by side.',
    ],
    look: 'The loss of the first step, and the samples after the same number of steps.',
    shows:
      'Each of the three follows from any other, with x_t and t. Their losses cannot be compared: a network that always answers 0 has a loss of 1 with ε, of 0.72 with x₀, and in between with v. Compare the samples instead.',
    view: '#/',
    panel: 'train',
    picture: ['ε', 'x₀', 'v'],
    settings: { model: { ...small, objective: 'v' }, training: { steps: 300 }, sampling: quickly },
  },
  fiftySteps: {
    title: 'A process of T = 50 steps',
    question: 'Is the image gone after 50 steps of noise?',
    steps: [
      'Look at x_t at t = 50, the last step.',
      'Open Objective, set Schedule to Cosine, and look again.',
    ],
    look: 'Whether you can still read the digit at t = T.',
    shows:
      'It is not: with the usual β_t from 0.0001 to 0.02, 60 % of the image’s variance is left after 50 steps. Sampling starts from pure noise, which such a model never saw in training. The cosine schedule is defined by ᾱ_t itself, so it reaches pure noise for any T.',
    view: '#/',
    panel: 'forward',
    picture: ['linear', 'cosine'],
    settings: { model: { nSteps: 50 }, forward: { t: 50 }, sampling: quickly },
  },
  score: {
    title: 'Score or noise',
    question: 'How are the predicted noise ε and the score related?',
    steps: ['Look at the arrows of the score.', 'Set Arrows to Noise ε.', 'Move t towards 0 with either.'],
    look: 'Where the arrows point, and how long they are when t is small.',
    shows:
      'The score is −ε/√(1−ᾱ_t). It points towards the data, and the noise points away from it. When t goes to 0 the divisor goes to 0 as well: the score grows without limit, and ε keeps its size. So networks predict ε.',
    view: '#/points',
    panel: 'points',
    picture: ['The two moons, and arrows of the score that point to them'],
    settings: { views: { points: { set: 'moons', quantity: 'score', shown: 'exact', time: 60 } } },
  },
  average: {
    title: 'EMA or raw weights',
    question: 'Why do samplers use an average of the weights?',
    steps: [
      'Train a new model for 300 steps, and set Model to Yours under Sample.',
      'Open Sampler and sample with Weights set to Raw, then to EMA. Keep the seed.',
    ],
    look: 'Grain and broken strokes in the same image of both grids.',
    shows:
      'Each batch pulls the raw weights another way. The average (EMA) moves smoothly, so its predictions are better than those of the raw weights at the same step, once the first steps are forgotten.',
    view: '#/',
    panel: 'sample',
    picture: ['EMA', 'raw'],
    settings: { model: small, training: { steps: 300 }, sampling: { ...quickly, weights: 'raw' } },
  },
  attention: {
    title: 'How much attention matters',
    question: 'What does the network lose without its attention?',
    steps: ['Press Compare: all four attention blocks are switched off.', 'Switch single blocks on again.'],
    look: 'The samples of both networks, and the error by t.',
    shows:
      'Digits of 8×8 pixels hardly need it: the samples stay digits. The error grows at every t, by a few per cent where t is small and several times where t is large. There the network must guess the whole image at once, and far pixels matter.',
    view: '#/network',
    panel: 'take-apart',
    picture: ['with', 'without'],
    settings: { views: { network: { changes: noAttention } } },
  },
  twoModels: {
    title: 'Same noise, two models',
    question: 'Do two models turn the same noise into the same image?',
    steps: [
      'Remember some of the images.',
      'Under Sample, set Model to By class and Class to None, and sample with the same seed.',
    ],
    look: 'The image at the same place of the grid.',
    shows:
      'The images are alike, though the two models were trained apart. DDIM adds no noise, so x_T alone decides the image, and both models learned nearly the same field. The images of one place differ by 0.3 on average, those of different places by 0.7.',
    view: '#/',
    panel: 'sample',
    picture: ['Digits', 'By class'],
    settings: { sampling: { sampler: 'ddim', steps: 25, spacing: 'even', seed: 7, classes: 'none' } },
  },
} satisfies Record<string, Experiment>;

export type ExperimentId = keyof typeof experiments;
export const experimentIds = Object.keys(experiments) as ExperimentId[];

export const experimentOf = (id: ExperimentId): Experiment => experiments[id];

/** Name of its picture in the folder `experiments/` of the page. */
export const pictureName = (id: ExperimentId) => `${id}.png`;
