import { fieldsOf } from '../../panels/settings/fieldsOf';
import { reverseStepGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  index: null,
  t: (
    <p>
      How many steps of noise the image has. The step shown leads from <i className="math">t</i> to{' '}
      <i className="math">t</i> − 1. The engine counts from 0, the page and the paper from 1.
    </p>
  ),
  seed: (
    <p>
      Determines the noise <i className="math">ε</i> in x<sub>t</sub> and the fresh noise{' '}
      <i className="math">z</i> of the step.
    </p>
  ),
  variance: (
    <>
      <p>
        The variance of the step: β<sub>t</sub>, which is right for data that is pure noise, or β̃<sub>t</sub>,
        which is right for a single image. Real data lies between, and with many steps both are nearly the
        same.
      </p>
      <p>
        The paper tried both and found no difference in the samples. A model can also learn the variance of
        every value between the two.
      </p>
    </>
  ),
  clipX0: (
    <>
      <p>Clips the predicted image to −1 … 1, the range of the data.</p>
      <p>
        The mean through x̂<sub>0</sub> then uses the clipped image, which the mean from ε<sub>θ</sub> cannot.
        The two differ by the weight of x̂<sub>0</sub> times what was clipped. The step uses the mean from x̂
        <sub>0</sub>.
      </p>
    </>
  ),
};

export const ReverseStepField = fieldsOf(reverseStepGroup, help);

/** The same of the step. */
export const explanations = {
  difference: (
    <>
      <p>
        Put x̂<sub>0</sub> = (x<sub>t</sub> − √(1−ᾱ<sub>t</sub>) ε<sub>θ</sub>) / √ᾱ<sub>t</sub> into the mean
        of the posterior, and you get the mean from ε<sub>θ</sub>: both are the same.
      </p>
      <p>
        Without clipping the remaining difference is rounding: β<sub>t</sub> and ᾱ<sub>t</sub> have 32 bits,
        as in the reference, and at small t few digits of 1 − ᾱ<sub>t</sub> remain.
      </p>
    </>
  ),
};
