import { MathSymbol } from '../../ui/WithSubscripts';
/** What stands behind the question marks of the sample panel. */
export const explanations = {
  speed: (
    <>
      <p>Steps a second, of a run and of a replay.</p>
      <p>
        <b>Full</b> runs as fast as the model computes, and replays all in five seconds.
      </p>
    </>
  ),
  xt: <p>The images on their way: pure noise at t = T, finished at t = 0. Choose one to follow it below.</p>,
  x0: (
    <>
      <p>
        What the model takes the finished image for, at the step that led here: <MathSymbol text="x̂_0" /> = (
        <MathSymbol text="x_t" /> − √(1−ᾱ<sub>t</sub>) <i className="math">ε</i>
        <sub>θ</sub>) / √ᾱ<sub>t</sub>.
      </p>
      <p>Blurred early on, where the noise leaves many images possible: the guess is their mean.</p>
    </>
  ),
};
