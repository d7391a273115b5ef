import { fieldsOf } from '../../panels/settings/fieldsOf';
import { runsGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  axis: (
    <>
      <p>
        What the curves are drawn over. Runs of different batch size are best compared by images seen, and
        models of different size by time.
      </p>
      <p>Time counts training only, not pauses. It depends on the machine and on what else it does.</p>
    </>
  ),
  curves: (
    <p>
      The loss of single steps (raw) is noisy, because every batch has other images, timesteps and noise. The
      smoothed loss is a moving average of it.
    </p>
  ),
  smoothing: (
    <p>
      How many steps the moving average covers. A higher value gives a calmer curve that follows changes
      later.
    </p>
  ),
  logarithmic: <p>A logarithmic axis shows small differences late in training as well as the early fall.</p>,
};

export const RunsField = fieldsOf(runsGroup, help);

export const explanations = {
  runs: (
    <>
      <p>
        Every training run is kept in this browser while it trains: its settings, losses and samples. A reset
        or a new model ends a run, and the next step begins another.
      </p>
      <p>
        “Export as code” gives a run as a PyTorch script and notebook, with the weights and images that they
        read.
      </p>
      <p>
        When a run pauses or ends, its checkpoint is kept too, so that you can go on from there. When more
        than 200 runs or 256 MB of checkpoints are kept, the oldest go first. Pinned runs stay.
      </p>
    </>
  ),
  exports: (
    <>
      <p>
        The link shows the comparison in another browser: its settings, and curves with fewer points. The file
        also has the samples and all points; “Open a comparison” reads it. With weights it is a .zip that also
        has the last checkpoint of each run.
      </p>
      <p>
        “Open a comparison” also opens the run.json of a log that the command line wrote, several at once.
      </p>
      <p>CSV and JSON Lines hold the curves for other programs.</p>
    </>
  ),
  heldOut: (
    <p>
      The loss on held-out images, with the same images, timesteps and noise each time. It is measured about
      once a second, so it is less noisy than the training loss, and it rises when a model memorises.
    </p>
  ),
  sample: (
    <p>
      The samples that a run drew while it trained, from the same noise each time. Each run shows its last
      samples up to this step.
    </p>
  ),
  order: (
    <>
      <p>
        One after the other: each run has the engine to itself. In turns: two runs train at a time, one step
        each, so that their curves and samples grow side by side. Both together take as long as one after the
        other.
      </p>
      <p>Afterwards the first of the two is the model in training. Each run keeps its checkpoint.</p>
    </>
  ),
  repeat: (
    <>
      <p>Trains a new model for every combination of the values. All other settings stay as they are.</p>
      <p>
        With the same seed, runs begin with the same weights and batches, so a difference comes from the
        values.
      </p>
    </>
  ),
};
