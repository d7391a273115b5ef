/** What stands behind the question marks of the reverse step. */
export const explanations = {
  time: (
    <p>
      How many steps of noise are on the picture. The step that is shown leads from <i className="math">t</i>{' '}
      to <i className="math">t</i> − 1. The engine counts from 0, the page and the paper from 1.
    </p>
  ),
  seed: (
    <p>
      Draws the noise <i className="math">ε</i> in x<sub>t</sub> and the fresh noise <i className="math">z</i>{' '}
      of the step: the same number, the same noise.
    </p>
  ),
  variance: (
    <>
      <p>
        The variance of the step: β<sub>t</sub>, right where pictures are pure noise, or β̃<sub>t</sub>, right
        where all pictures are one. The truth lies between, and for many steps both are nearly the same.
      </p>
      <p>The paper tried both and found no difference in the samples.</p>
    </>
  ),
  clip: (
    <>
      <p>Cuts the predicted picture to −1 … 1, where all pictures of the data lie.</p>
      <p>
        The mean through x̂<sub>0</sub> then uses what was cut, and the one from ε<sub>θ</sub> cannot: the two
        forms part by the weight of x̂<sub>0</sub> times what was cut off. The step takes the one through x̂
        <sub>0</sub>.
      </p>
    </>
  ),
  difference: (
    <>
      <p>
        Put x̂<sub>0</sub> = (x<sub>t</sub> − √(1−ᾱ<sub>t</sub>) ε<sub>θ</sub>) / √ᾱ<sub>t</sub> into the mean
        of the posterior, and the mean from ε<sub>θ</sub> comes out: both are one.
      </p>
      <p>
        What is left without clipping is rounding. β<sub>t</sub> and ᾱ<sub>t</sub> are kept in 32 bits, as in
        the reference, and at small t few digits of 1 − ᾱ<sub>t</sub> remain.
      </p>
    </>
  ),
};
