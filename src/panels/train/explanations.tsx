/** What stands behind the question marks of the train panel. */
export const explanations = {
  loss: (
    <>
      <p>
        The mean squared difference between the noise in a batch of pictures and what the network takes for
        it: 1 is as good as always saying 0, 0 would be perfect.
      </p>
      <p>
        It jumps from step to step, because each draws other pictures, other <i className="math">t</i> and
        other noise. The strong line is its moving average.
      </p>
    </>
  ),
  heldOutLoss: (
    <>
      <p>
        The same loss on 128 pictures that the model never learns from: a tenth of every data set is held out.
        The pictures, their <i className="math">t</i> and their noise stay the same, so the line is smooth.
      </p>
      <p>
        Where it rises while the training loss falls, the model learns its pictures by heart. It is measured
        with the raw weights and without dropout, now and then, within sampling’s share of the time.
      </p>
    </>
  ),
  samples: (
    <>
      <p>
        Drawn with the averaged weights (EMA) by the quick DDIM sampler, from the same noise each time: what
        changes is what the model has learned.
      </p>
      <p>How many and from which noise: under More. How often: by sampling’s share of the time.</p>
    </>
  ),
  nSteps: (
    <>
      <p>How many small steps of noise lead from a picture to pure noise, and back.</p>
      <p>More steps are smaller ones, easier to undo, but sampling takes longer. The paper has 1,000.</p>
    </>
  ),
  schedule: (
    <p>
      How the noise is spread over the steps: the variance β<sub>t</sub> that each of them adds. The forward
      panel plots it.
    </p>
  ),
  objective: (
    <>
      <p>
        What the network predicts from{' '}
        <i className="math">
          x<sub>t</sub>
        </i>
        . Each can be computed from each other; they differ in which <i className="math">t</i> count most.
      </p>
      <p>The paper predicts the noise ε.</p>
    </>
  ),
  nChannels: (
    <>
      <p>Channels of the first level: how many features each pixel has there.</p>
      <p>Twice as many make the network about four times as large, and slower by as much.</p>
    </>
  ),
  chMults: (
    <p>
      Each level has this many times the channels of the level above it. A level has half the pixels, each
      way, of the one above.
    </p>
  ),
  isAttn: (
    <p>
      Lets every pixel of a level look at all others, after each block. Costs grow with the square of the
      pixels, so it is used on the lower levels. The middle of the network always has it.
    </p>
  ),
  nBlocks: <p>Residual blocks on each level on the way down; there is one more on the way up.</p>,
  batchSize: (
    <p>Pictures a step. More make each step slower and its direction more certain; memory grows with them.</p>
  ),
  learningRate: (
    <>
      <p>How far Adam moves the weights at each step.</p>
      <p>Too large and the loss jumps up or becomes infinite, too small and it hardly falls.</p>
    </>
  ),
  emaDecay: (
    <>
      <p>
        Samples are drawn with an average of the weights: at each step it keeps this share of itself, and
        takes the rest from the new weights.
      </p>
      <p>0.995 averages over about 200 steps.</p>
    </>
  ),
  steps: <p>Training pauses after this many steps in all. Raise it at any time to go on.</p>,
  'preview.count': <p>Pictures in the grid beside the loss.</p>,
  'preview.samplerSteps': (
    <p>Steps of the DDIM sampler for them. Fewer are quicker and rougher; the sample panel takes all.</p>
  ),
  'preview.seed': <p>Decides the noise that the samples start from, each time the same.</p>,
  dropout: (
    <p>
      Share of the features that are left out at random in each training step, against learning by heart. The
      reference has 0.1; small models learn faster without.
    </p>
  ),
  nGroups: (
    <p>Channels are normalised in this many groups. Their number must divide the channels of every level.</p>
  ),
  nFinalGroups: <p>Groups of the last normalisation, before the output.</p>,
  nClasses: (
    <>
      <p>
        The network is told what each picture shows, <i className="math">c</i>: a learned vector for every
        class, and one for none, ∅, is added to the embedding of <i className="math">t</i>.
      </p>
      <p>Then sampling can be asked for a class, and guided towards it.</p>
    </>
  ),
  classDropout: (
    <>
      <p>
        <i className="math">p</i> (p<sub>uncond</sub> in the paper): the share of pictures whose class is
        hidden from the network, so that one network learns both{' '}
        <i className="math">
          ε<sub>θ</sub>(x<sub>t</sub>, c)
        </i>{' '}
        and{' '}
        <i className="math">
          ε<sub>θ</sub>(x<sub>t</sub>, ∅)
        </i>
        .
      </p>
      <p>Guidance needs both. 0.1 to 0.2 is usual; at 0 there is nothing to guide away from.</p>
    </>
  ),
  seed: (
    <p>
      Decides the first weights of a new model, the order of its pictures, every <i className="math">t</i> and
      all noise: the same seed and settings give the same run.
    </p>
  ),
  lossByTime: (
    <>
      <p>
        The mean squared error of what the network predicts, in twenty stretches of t, each averaged over
        about the last two hundred pictures that met it. Without the loss weight.
      </p>
      <p>
        With little noise there is little to tell it by, and the error of ε is large; with much noise nearly
        all is noise, and it is small.
      </p>
    </>
  ),
  lossWeight: (
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
  snrGamma: (
    <p>
      The signal-to-noise ratio above which all t count the same. The paper takes 5; a small one trusts the
      noisy t more.
    </p>
  ),
};
