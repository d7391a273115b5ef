import { MEMORISED_SHARE, NEIGHBOURS } from '../../engine/quality/definitions';
import type { Measures } from '../../engine/quality/metrics';
import { memorisedShare } from '../../engine/quality/qualityPoint';
import { formatPercent } from '../../ui/formatMeasure';
import type { EvaluatedModel } from './state';

/** A measure of the table: what it is, and its values. */
export interface MeasureDefinition {
  title: string;
  better: 'lower' | 'higher';
  /** One line. */
  meaning: string;
  tex: string;
  /** The equation in words, for screen readers. */
  words: string;
  format: (value: number) => string;
  /** Of held-out images, of the samples, and of noise; null where there is none. */
  values: (result: EvaluatedModel) => MeasureValues;
}

/** Null where there is none. */
export interface MeasureValues {
  floor: number | null;
  model: number | null;
  ceiling: number | null;
}

function featureValues(features: EvaluatedModel['features'], name: keyof Measures): MeasureValues {
  if (!features) return { floor: null, model: null, ceiling: null };
  const { floor, model, ceiling } = features;
  return { floor: floor[name], model: model[name], ceiling: ceiling[name] };
}

/** All measures by name, in the order of the table. */
export const measures: Record<string, MeasureDefinition> = {
  frechet: {
    title: 'Fréchet distance',
    better: 'lower',
    meaning:
      'Distance between the features of samples and of training images, each modelled as a normal distribution.',
    tex: String.raw`d^2=\lVert\mu_r-\mu_g\rVert^2+\operatorname{tr}\Bigl(\Sigma_r+\Sigma_g-2\bigl(\Sigma_r^{1/2}\Sigma_g\Sigma_r^{1/2}\bigr)^{1/2}\Bigr)`,
    words:
      'd squared is the squared distance of the means, plus the trace of: the sum of the covariances minus twice the root of their symmetric product',
    format: (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1)),
    values: ({ features }) => featureValues(features, 'frechet'),
  },
  precision: {
    title: 'Precision',
    better: 'higher',
    meaning: 'Share of samples that lie among real images: their quality.',
    tex: String.raw`\tfrac1N\sum_j\bigl[\exists i:\lVert g_j-r_i\rVert\le\mathrm{NN}_{${NEIGHBOURS}}(r_i)\bigr]`,
    words: `The share of the samples within the distance from some real image to its neighbour number ${NEIGHBOURS}`,
    format: formatPercent,
    values: ({ features }) => featureValues(features, 'precision'),
  },
  recall: {
    title: 'Recall',
    better: 'higher',
    meaning: 'Share of real images that lie among samples: their variety.',
    tex: String.raw`\tfrac1N\sum_i\bigl[\exists j:\lVert r_i-g_j\rVert\le\mathrm{NN}_{${NEIGHBOURS}}(g_j)\bigr]`,
    words: `The share of the real images within the distance from some sample to its neighbour number ${NEIGHBOURS}`,
    format: formatPercent,
    values: ({ features }) => featureValues(features, 'recall'),
  },
  memorised: {
    title: 'Memorised',
    better: 'lower',
    meaning: `Share of samples nearer to a training image than all but ${formatPercent(MEMORISED_SHARE)} of the held-out images.`,
    tex: String.raw`d(x)=\min_i\sqrt{\tfrac1D\lVert x-x^{(i)}\rVert^2}<q_{${MEMORISED_SHARE}}`,
    words:
      'The root of the mean squared difference to the nearest training image is below the quantile of one percent',
    format: formatPercent,
    values: ({ distances, novelty }) => ({
      floor: MEMORISED_SHARE,
      model: memorisedShare(distances, novelty.threshold),
      ceiling: 0,
    }),
  },
  heldOutLoss: {
    title: 'Held-out loss',
    better: 'lower',
    meaning: 'The loss on held-out images, beside that on training images. A gap means overfitting.',
    tex: String.raw`\mathbb E\,\lVert\epsilon-\epsilon_\theta(x_t,t)\rVert^2`,
    words: 'The mean squared error of the prediction',
    format: (value) => value.toFixed(4),
    values: ({ trainingLoss, heldOutLoss }) => ({ floor: trainingLoss, model: heldOutLoss, ceiling: 1 }),
  },
};
