import { MEMORISED_SHARE, NEIGHBOURS } from '../../engine/quality/definitions';
import type { Measures } from '../../engine/quality/yardstick';
import { memorisedShare } from '../../store/qualityHistory';
import type { JudgedModel } from '../../store/qualitySlice';
import { formatPercent } from '../../ui/formatMeasure';

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
  /** Of held-out pictures, of the samples, and of noise; null where there is none. */
  values: (result: JudgedModel) => MeasureValues;
}

/** Null where there is none. */
export interface MeasureValues {
  floor: number | null;
  model: number | null;
  ceiling: number | null;
}

function featureValues(features: JudgedModel['features'], name: keyof Measures): MeasureValues {
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
      'How far the samples’ features are from those of the training pictures, both taken as normal distributions.',
    tex: String.raw`d^2=\lVert\mu_r-\mu_g\rVert^2+\operatorname{tr}\Bigl(\Sigma_r+\Sigma_g-2\bigl(\Sigma_r^{1/2}\Sigma_g\Sigma_r^{1/2}\bigr)^{1/2}\Bigr)`,
    words:
      'd squared is the squared distance of the means, plus the trace of: the sum of the covariances minus twice the root of their symmetric product',
    format: (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1)),
    values: ({ features }) => featureValues(features, 'frechet'),
  },
  precision: {
    title: 'Precision',
    better: 'higher',
    meaning: 'The share of the samples that lie where real pictures lie: how good they are.',
    tex: String.raw`\tfrac1N\sum_j\bigl[\exists i:\lVert g_j-r_i\rVert\le\mathrm{NN}_{${NEIGHBOURS}}(r_i)\bigr]`,
    words: `The share of the samples within the distance from some real picture to its neighbour number ${NEIGHBOURS}`,
    format: formatPercent,
    values: ({ features }) => featureValues(features, 'precision'),
  },
  recall: {
    title: 'Recall',
    better: 'higher',
    meaning: 'The share of the real pictures that lie where samples lie: how much of the variety is there.',
    tex: String.raw`\tfrac1N\sum_i\bigl[\exists j:\lVert r_i-g_j\rVert\le\mathrm{NN}_{${NEIGHBOURS}}(g_j)\bigr]`,
    words: `The share of the real pictures within the distance from some sample to its neighbour number ${NEIGHBOURS}`,
    format: formatPercent,
    values: ({ features }) => featureValues(features, 'recall'),
  },
  memorised: {
    title: 'Memorised',
    better: 'lower',
    meaning: `The share of the samples nearer to a training picture than all but ${formatPercent(MEMORISED_SHARE)} of the held-out pictures.`,
    tex: String.raw`d(x)=\min_i\sqrt{\tfrac1D\lVert x-x^{(i)}\rVert^2}<q_{${MEMORISED_SHARE}}`,
    words:
      'The root of the mean squared difference to the nearest training picture is below the quantile of one percent',
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
    meaning:
      'The loss on pictures that were held out, beside that on training pictures: a gap is overfitting.',
    tex: String.raw`\mathbb E\,\lVert\epsilon-\epsilon_\theta(x_t,t)\rVert^2`,
    words: 'The mean squared error of the prediction',
    format: (value) => value.toFixed(4),
    values: ({ trainingLoss, heldOutLoss }) => ({ floor: trainingLoss, model: heldOutLoss, ceiling: 1 }),
  },
};
