/** What stands behind the question marks of the figures of training. */
export const explanations = {
  loss: (
    <>
      <p>
        The mean squared difference between the noise in a batch of images and what the network takes for it:
        1 is as good as always saying 0, 0 would be perfect.
      </p>
      <p>
        It jumps from step to step, because each draws other images, other <i className="math">t</i> and other
        noise. The strong line is its moving average.
      </p>
    </>
  ),
  heldOutLoss: (
    <>
      <p>
        The same loss on 128 images that the model never learns from: a tenth of every data set is held out.
        The images, their <i className="math">t</i> and their noise stay the same, so the line is smooth.
      </p>
      <p>
        Where it rises while the training loss falls, the model learns its images by heart. It is measured
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
  lossByTime: (
    <>
      <p>
        The mean squared error of what the network predicts, in twenty stretches of t, each averaged over
        about the last two hundred images that met it. Without the loss weight.
      </p>
      <p>
        With little noise there is little to tell it by, and the error of ε is large; with much noise nearly
        all is noise, and it is small.
      </p>
    </>
  ),
};
