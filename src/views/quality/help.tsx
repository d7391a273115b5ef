import { fieldsOf } from '../../panels/settings/fieldsOf';
import { qualityGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  count: (
    <>
      <p>
        How many samples are drawn and evaluated. Metrics of few samples are imprecise, and their Fréchet
        distance is too large: compare only values with the same N.
      </p>
      <p>At most as many as there are held-out images, since the best case uses the same number.</p>
    </>
  ),
  sampler: <p>The sampler that draws the samples. A better one gives better images.</p>,
  steps: <p>How many of the T steps each sample takes. More steps are slower and often better.</p>,
  seed: <p>Determines the noise that the samples start from.</p>,
  guidance: (
    <>
      <p>
        Each sample gets a class, as often as it occurs in the data set. w strengthens the class; 0 is the
        conditional model itself.
      </p>
      <p>Guidance raises precision and lowers recall.</p>
    </>
  ),
  whileTraining: (
    <p>
      Evaluates your model repeatedly within the time for sampling, and plots the metrics over the training
      steps.
    </p>
  ),
  every: <p>The smallest number of training steps between two evaluations.</p>,
};

export const QualityField = fieldsOf(qualityGroup, help);
