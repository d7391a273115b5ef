import { fieldsOf } from '../../panels/settings/fieldsOf';
import { boundGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  stretches: (
    <>
      <p>
        How many of the timesteps t = 2 … T are evaluated. The timesteps are divided into this many strata,
        shorter ones at small t where the terms are large. One t is drawn from each stratum and its term
        stands for the whole stratum, so the sum is right on average.
      </p>
      <p>T − 1 or more evaluates every timestep.</p>
    </>
  ),
  pictures: (
    <p>
      How many held-out images are evaluated at each t. A tenth of each class is always held out; the seed
      draws from it.
    </p>
  ),
  variance: (
    <p>
      σ<sub>t</sub>² of the model’s steps. β̃<sub>1</sub> is 0, which allows no likelihood, so β̃<sub>2</sub>{' '}
      replaces it, as in the paper’s code. A model with a learned variance has its own for every value, and a
      tighter bound.
    </p>
  ),
  clipX0: (
    <p>Clips the predicted image to −1 … 1 before the mean of the step is computed, as the paper does.</p>
  ),
  seed: <p>Determines all noise of the study. The same seed gives the same result.</p>,
};

export const BoundField = fieldsOf(boundGroup, help);

/** The same of the figures. */
export const explanations = {
  levels: (
    <>
      <p>
        The decoder gives each pixel the share of a normal distribution that falls into the bin of its value.
        The two outer bins reach to infinity (eq. 13). There are as many bins as the data has levels, usually
        256.
      </p>
      <p>
        The digits count how many of 4×4 black and white pixels are black, 0 to 16, so they have 17 levels.
        With 256 bins the bound would include detail that they do not have.
      </p>
    </>
  ),
  weight: (
    <>
      <p>
        The weight of the squared error of ε at t in the bound. L<sub>simple</sub> drops it: compared with the
        bound it counts small t less, where there is hardly any noise, and large t more, which decide what the
        image shows.
      </p>
      <p>That makes the samples better and the bound worse.</p>
    </>
  ),
};
