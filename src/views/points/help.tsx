import { fieldsOf } from '../../panels/settings/fieldsOf';
import { pointsGroup } from './settings';

/** What stands behind the question marks of the view. */
const help = {
  set: <p>The points whose distribution the network learns.</p>,
  count: <p>How many points the data has: each is the centre of a Gaussian.</p>,
  noise: (
    <p>
      Standard deviation of the data around each point. Narrow data has a steep field at small t, which is
      hard to learn.
    </p>
  ),
  layers: <p>Linear layers with SiLU between the features of (x, t) and the two numbers of ε.</p>,
  width: <p>Units of each hidden layer. Cost grows with its square.</p>,
  nSteps: <p>How many small steps of noise lead from the data to noise.</p>,
  schedule: (
    <p>
      How the noise is spread over the steps. The linear schedule is made for 1,000 steps; with fewer, some of
      the data remains at T.
    </p>
  ),
  batchSize: <p>Points per training step. A change takes effect at once.</p>,
  learningRate: <p>How far Adam moves the weights at each step. A change takes effect at once.</p>,
  emaDecay: (
    <p>
      How slowly the averaged weights follow the trained ones. Everything on the page is drawn from the
      averaged weights.
    </p>
  ),
  sampler: <p>How a step goes from more noise to less.</p>,
  samplerSteps: <p>How many of the T steps the sampler takes.</p>,
  eta: <p>How much fresh noise DDIM adds at each step: 0 none, 1 as much as the paper’s sampler.</p>,
  time: (
    <p>
      How many steps of noise the plane is shown after: 0 is the data, <i className="math">T</i> is noise. The
      shade is the density of q(x<sub>t</sub>), the arrows are the field at this t.
    </p>
  ),
  direction: <p>Samples go from noise to data. Noised data goes from data to noise.</p>,
  shown: (
    <>
      <p>
        Learned: the network’s prediction. Exact: the closed form, since the data is a mixture of Gaussians.
      </p>
      <p>Difference: learned minus exact. It vanishes first where the noised data is dense.</p>
    </>
  ),
  quantity: (
    <p>
      The noise ε in a point, which leads away from the data; or the score ∇ log q(x<sub>t</sub>) = −ε / √(1−ᾱ
      <sub>t</sub>), which leads towards it; or the velocity u = ε − x̂<sub>0</sub> of the flow, along which a
      point goes from data to noise, and a sampler back.
    </p>
  ),
  drawn: null,
  seed: null,
  duration: null,
};

export const PointsField = fieldsOf(pointsGroup, help);
