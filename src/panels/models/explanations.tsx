/** What stands behind the question marks. */
export const explanations = {
  kind: (
    <>
      <p>
        <b>All of the training</b> holds the weights, their average, the optimizer's moments, the random
        state, the settings and every loss. From it training goes on exactly where it stood, here, on the
        command line or in PyTorch with scale-out.
      </p>
      <p>
        <b>Weights alone</b> are what sampling needs: a quarter of the size. Training from them starts the
        optimizer afresh.
      </p>
    </>
  ),
  weights: (
    <p>
      The averaged weights (EMA) give the better pictures; the raw ones are those that the last step left.
    </p>
  ),
  dtype: (
    <p>
      float16 takes half the room and keeps three digits of each weight: enough for pictures that nobody could
      tell from those of float32.
    </p>
  ),
  imageSize: (
    <p>Height and width of the pictures that it was trained on. No shape of the network tells them.</p>
  ),
  groups: (
    <p>
      Of the group normalisations. The reference has 32, and 8 in the last one; other numbers give other
      pictures, so take those it was trained with.
    </p>
  ),
};
