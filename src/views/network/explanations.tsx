import { fieldsOf } from '../../panels/settings/fieldsOf';
import { networkGroup } from './settings';

/** Help of the view Network. */
export const explanations = {
  time: (
    <p>
      Steps of noise <i className="math">t</i>: how much noise is in the image that the network sees. Higher
      values leave less of the image.
    </p>
  ),
  checkpoint: (
    <p>
      Checkpoint: a model that was saved in this browser. Choosing one shows its network and leaves the model
      in training as it is.
    </p>
  ),
  tellClass: (
    <p>
      Class <i className="math">c</i>: whether the network is told the class of the image. Without it, the
      network predicts for any class.
    </p>
  ),
  drawing: (
    <>
      <p>
        Each box is a block of the network, in the order in which they run from left to right. A row is a
        level: the maps of the next one have half the height and width.
      </p>
      <p>
        Grey lines carry the image, green arcs are skips, and dotted lines carry the time embedding{' '}
        <i className="math">τ</i> into every residual block.
      </p>
      <p>Each small square in a box is the map of one channel: green is above 0, pink is below.</p>
    </>
  ),
  scale: (
    <p>
      Colour scale: the value of the strongest colour. It is the largest value of each block, or of all blocks
      of a level. One scale for a level shows which blocks are stronger.
    </p>
  ),
  order: (
    <p>
      Order of the channels: by their number, or by their spread. The spread is the standard deviation over
      the pixels.
    </p>
  ),
  dead: (
    <p>
      A channel is dead for this image if its spread is below 1 % of the block’s. It tells the next block
      nothing about where things are.
    </p>
  ),
  timeShift: (
    <p>
      Time shift <i className="math">W</i> SiLU(<i className="math">τ</i>): one number for each channel. It is
      added to all pixels after the first convolution, so that the block can act differently at each{' '}
      <i className="math">t</i>.
    </p>
  ),
  kernels: <p>Kernels: the weights of the chosen output channel, one small square for each input channel.</p>,
  products: (
    <p>
      Each product is a weight times one value of the input. A 3 × 3 convolution of <i className="math">C</i>{' '}
      channels has 9·<i className="math">C</i> of them for each value of its output.
    </p>
  ),
  attention: (
    <p>
      Attention weights <i className="math">w</i>
      <sub>ij</sub>: how much of position <i className="math">j</i> goes into position{' '}
      <i className="math">i</i>. For each <i className="math">i</i> they add up to 1.
    </p>
  ),
  gradient: (
    <>
      <p>
        Gradient ∂ŷ/∂<i className="math">x</i>
        <sub>t</sub>: how much the predicted pixel changes when a pixel of the input changes a little. Green
        raises it, pink lowers it.
      </p>
      <p>It is computed by a backward pass through the network.</p>
    </>
  ),
  of: (
    <p>
      Predicted pixel: the pixel of the predicted noise ε̂, or of the image x̂<sub>0</sub> that follows from it.
    </p>
  ),
  changes: (
    <>
      <p>
        A part that is switched off gives 0 and everything after it runs on. The rest of the network stays as
        it was trained.
      </p>
      <p>
        Without the time embedding, every block runs as if <i className="math">τ</i> were 0. Without its
        attention, a block passes its input on.
      </p>
    </>
  ),
  add: (
    <p>
      Added value: a number that is added to every pixel of the channel. Large values push what follows
      outside what it was trained on.
    </p>
  ),
  errors: (
    <p>
      Mean squared error of ε̂ on 32 held-out images at ten <i className="math">t</i>, with the same noise for
      both networks.
    </p>
  ),
  health: (
    <>
      <p>
        Health: the sizes of weights and gradients of every layer while it trains. Size is the root mean
        square over the layer.
      </p>
      <p>
        Update ratio: the size of Adam’s step divided by the size of the weights. About 10⁻³ is common. Much
        less learns slowly, much more is unstable.
      </p>
      <p>
        Dead channels: the share of output channels whose weights get less than a thousandth of the layer’s
        gradient.
      </p>
    </>
  ),
};

/** The settings with controls of their own have their help where these are. */
const own = { ...{ index: null, row: null, column: null, block: null, channel: null }, ...{ of: null } };
const { time: t, tellClass, scale, health } = explanations;

export const NetworkField = fieldsOf(networkGroup, {
  ...own,
  ...{ t, tellClass, scale, order: null, colour: null, changes: null, health },
  seed: <p>Determines the noise ε in x_t. The same seed gives the same image.</p>,
});
