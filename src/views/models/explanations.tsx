/** What stands behind the question marks. */
export const explanations = {
  kind: (
    <>
      <p>
        <b>Training state</b> holds the weights, their average, the optimizer's moments, the random state, the
        settings and every loss. Training continues from it exactly, here, on the command line or in PyTorch
        with scale-out.
      </p>
      <p>
        <b>Weights only</b> are enough for sampling, at a quarter of the size. Training from them restarts the
        optimizer.
      </p>
      <p>
        <b>Code</b> is the model with its settings as PyTorch, to read, run and change.
      </p>
    </>
  ),
  weights: <p>The averaged weights (EMA) give better images; the raw weights are those of the last step.</p>,
  dtype: (
    <p>
      float16 takes half the space and keeps three digits of each weight. The images look the same as with
      float32.
    </p>
  ),
  imageSize: <p>Height and width of the training images. The shapes of the network do not tell them.</p>,
  groups: (
    <p>
      Number of groups of the group normalisations. The reference has 32, and 8 in the last one. Use the
      numbers that the model was trained with; others give wrong images.
    </p>
  ),
};
