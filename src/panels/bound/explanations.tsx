/** What stands behind the question marks of the bound. */
export const explanations = {
  stretches: (
    <>
      <p>
        How many of the steps t = 2 … T are asked. The steps are cut into so many stretches, short ones at the
        small t where the terms are large, and one t is drawn at random of each; its term counts for the whole
        stretch, so that the sum is right on average.
      </p>
      <p>T − 1 or more asks every one.</p>
    </>
  ),
  pictures: (
    <p>
      A tenth of each class is set apart to judge models by, always the same. So many of those pictures, drawn
      by the seed, are asked at each t.
    </p>
  ),
  clip: (
    <p>
      Cuts the predicted picture to −1 … 1 before the mean of the step is taken, as the paper does when it
      measures.
    </p>
  ),
  variance: (
    <p>
      σ<sub>t</sub>² of the model’s steps. β̃<sub>1</sub> is 0, by which no likelihood can be: β̃<sub>2</sub>{' '}
      stands in for it, as in the paper’s code.
    </p>
  ),
  levels: (
    <>
      <p>
        The decoder gives each pixel the share of a normal distribution that falls into the bin of its value;
        the two outer bins reach to infinity (eq. 13). How many bins there are is what the data have: pictures
        of the usual 256 levels have 256.
      </p>
      <p>
        The digits count how many of 4×4 black and white pixels are black, 0 to 16: 17 levels. In 256 bins
        they would be charged for detail that they never had.
      </p>
    </>
  ),
  weight: (
    <>
      <p>
        By the bound, the squared error of ε at t counts this much. L<sub>simple</sub> drops it: against the
        bound, it cares less for small t, where hardly any noise is left to see, and more for large t, which
        decide what the picture shows.
      </p>
      <p>Samples get better by that, and the bound gets worse.</p>
    </>
  ),
};
