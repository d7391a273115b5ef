import { trainingGroup } from '../../settings/groups/training';
import { MathSymbol } from '../../ui/WithSubscripts';
import { fieldsOf } from '../settings/fieldsOf';

/** What stands behind the question marks of the training settings. */
export const help = {
  'model.nSteps': (
    <>
      <p>How many small steps of noise lead from an image to pure noise, and back.</p>
      <p>More steps are smaller ones, easier to undo, but sampling takes longer. The paper has 1,000.</p>
    </>
  ),
  'model.schedule': (
    <p>
      How the noise is spread over the steps: the variance β<sub>t</sub> that each of them adds. The forward
      panel plots it.
    </p>
  ),
  'model.objective': (
    <>
      <p>
        What the network predicts from <MathSymbol text="x_t" />. Each can be computed from each other; they
        differ in which <i className="math">t</i> count most.
      </p>
      <p>The paper predicts the noise ε.</p>
      <p>
        <b>Flow</b> predicts the velocity ε − x₀ on the straight line{' '}
        <MathSymbol text="x_s = (1 − s) x_0 + s ε" />. It comes with the schedule “Straight”; few steps are
        enough.
      </p>
    </>
  ),
  'model.learnedVariance': (
    <>
      <p>
        The network also predicts <i className="math">v</i>, which puts σ<sub>t</sub>² of each value between β̃
        <sub>t</sub> (−1) and β<sub>t</sub> (1). It learns from L<sub>hybrid</sub> = L<sub>simple</sub> +
        0.001 L<sub>vlb</sub>; the bound trains v alone (Nichol and Dhariwal 2021).
      </p>
      <p>Then the variance of a step can be “learned”: the bound is tighter, above all in few steps.</p>
    </>
  ),
  'model.nChannels': (
    <>
      <p>Channels of the first level: how many features each pixel has there.</p>
      <p>Twice as many make the network about four times as large, and slower by as much.</p>
    </>
  ),
  'model.chMults': (
    <p>
      Each level has this many times the channels of the level above it. A level has half the pixels, each
      way, of the one above.
    </p>
  ),
  'model.isAttn': (
    <p>
      Lets every pixel of a level look at all others, after each block. Costs grow with the square of the
      pixels, so it is used on the lower levels. The middle of the network always has it.
    </p>
  ),
  'model.nBlocks': <p>Residual blocks on each level on the way down; there is one more on the way up.</p>,
  'model.dropout': (
    <p>
      Share of the features that are left out at random in each training step, against learning by heart. The
      reference has 0.1; small models learn faster without.
    </p>
  ),
  'model.nGroups': (
    <p>Channels are normalised in this many groups. Their number must divide the channels of every level.</p>
  ),
  'model.nFinalGroups': <p>Groups of the last normalisation, before the output.</p>,
  'model.nClasses': (
    <>
      <p>
        The network is told what each image shows, <i className="math">c</i>: a learned vector for every
        class, and one for none, ∅, is added to the embedding of <i className="math">t</i>.
      </p>
      <p>Then sampling can be asked for a class, and guided towards it.</p>
    </>
  ),
  'training.batchSize': (
    <p>Images a step. More make each step slower and its direction more certain; memory grows with them.</p>
  ),
  'training.learningRate': (
    <>
      <p>How far Adam moves the weights at each step.</p>
      <p>Too large and the loss jumps up or becomes infinite, too small and it hardly falls.</p>
    </>
  ),
  'training.emaDecay': (
    <>
      <p>
        Samples are drawn with an average of the weights: at each step it keeps this share of itself, and
        takes the rest from the new weights.
      </p>
      <p>0.995 averages over about 200 steps.</p>
    </>
  ),
  'training.steps': <p>Training pauses after this many steps in all. Raise it at any time to go on.</p>,
  'training.classDropout': (
    <>
      <p>
        <i className="math">p</i> (p<sub>uncond</sub> in the paper): the share of images whose class is hidden
        from the network, so that one network learns both <MathSymbol text="ε_θ(x_t, c)" /> and{' '}
        <MathSymbol text="ε_θ(x_t, ∅)" />.
      </p>
      <p>Guidance needs both. 0.1 to 0.2 is usual; at 0 there is nothing to guide away from.</p>
    </>
  ),
  'training.lossWeight': (
    <>
      <p>How much the squared error at each t counts.</p>
      <p>
        <b>Simple</b>: all the same, as in the DDPM paper. <b>Bound</b>: as in the variational bound, scaled
        to a mean of 1. <b>Min-SNR-γ</b>: min(SNR, γ) for x₀, the same over SNR for ε, and over SNR + 1 for v
        (Hang et al. 2023), so that no t outweighs the others.
      </p>
      <p>The loss that is drawn is the weighted one: compare it with others of the same weight only.</p>
    </>
  ),
  'training.snrGamma': (
    <p>
      The signal-to-noise ratio above which all t count the same. The paper takes 5; a small one trusts the
      noisy t more.
    </p>
  ),
  'training.timeSampling': (
    <p>
      How the <i className="math">t</i> of each batch are drawn. Logit-normal asks most about the middle of
      the way, where the images take shape, and seldom about its ends (Esser et al. 2024); it is made for
      flows. By loss weight asks most where the loss counts most and weighs each answer less: the same loss,
      with less noise in it.
    </p>
  ),
  'training.continuousTime': (
    <p>
      Draws <i className="math">t</i> as a real number in place of a whole one, with a schedule that is
      continued between two steps. A flow always does.
    </p>
  ),
  'training.preview.count': <p>Images in the grid beside the loss.</p>,
  'training.preview.samplerSteps': (
    <p>Steps of the DDIM sampler for them. Fewer are quicker and rougher; the sample panel takes all.</p>
  ),
  'training.preview.seed': <p>Decides the noise that the samples start from, each time the same.</p>,
  seed: (
    <p>
      Decides the first weights of a new model, the order of its images, every <i className="math">t</i> and
      all noise: the same seed and settings give the same run.
    </p>
  ),
};

export const TrainingField = fieldsOf(trainingGroup, help);
