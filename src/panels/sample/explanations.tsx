/** What stands behind the question marks of the sample panel. */
export const explanations = {
  sampler: (
    <>
      <p>How a step goes from more noise to less.</p>
      <p>
        <b>DDPM</b> draws each step from{' '}
        <i className="math">
          p<sub>θ</sub>(x<sub>t−1</sub> | x<sub>t</sub>)
        </i>
        : the mean that the model predicts, plus fresh noise. <b>DDIM</b> adds none at η = 0, and needs far
        fewer steps.
      </p>
      <p>
        <b>DPM-Solver++</b> and <b>Heun</b> follow the same path as DDIM at η = 0 with a curve in place of a
        straight line: the one bends it by the guess of the step before, the other by a second guess at the
        step’s end.
      </p>
    </>
  ),
  steps: (
    <>
      <p>
        How many of the T steps are taken, spread evenly. All of them is the reverse process of the paper.
      </p>
      <p>With fewer, each step jumps further: quicker, and with DDPM soon rougher.</p>
    </>
  ),
  spacing: (
    <p>
      Which of the T steps are taken. It matters where there are few: solvers of second order like even steps
      in log SNR.
    </p>
  ),
  count: <p>How many pictures are drawn at once, each from noise of its own. The time grows with them.</p>,
  seed: (
    <>
      <p>
        Decides the noise{' '}
        <i className="math">
          x<sub>T</sub>
        </i>{' '}
        that the run starts from, and every <i className="math">z</i> that is added on the way.
      </p>
      <p>The same seed with the same weights gives the same pictures.</p>
    </>
  ),
  variance: (
    <>
      <p>The variance of the noise that a reverse step adds.</p>
      <p>
        <i className="math">
          β<sub>t</sub>
        </i>{' '}
        is right for data that is noise itself,{' '}
        <i className="math">
          β̃<sub>t</sub>
        </i>{' '}
        = β<sub>t</sub> (1 − ᾱ<sub>t−1</sub>) / (1 − ᾱ<sub>t</sub>) for data that is a single picture. Over
        many steps they give much the same.
      </p>
    </>
  ),
  eta: (
    <p>
      How much fresh noise a DDIM step adds: 0 adds none, so that{' '}
      <i className="math">
        x<sub>T</sub>
      </i>{' '}
      alone decides the picture; 1 adds as much as DDPM with β̃.
    </p>
  ),
  weights: (
    <>
      <p>
        <b>EMA</b> are the weights averaged over the last training steps: calmer, and nearly always better.{' '}
        <b>Raw</b> are those of the last step.
      </p>
    </>
  ),
  classes: (
    <p>
      What the model is told that each picture shall be: the classes one after the other, one for all of them,
      or none.
    </p>
  ),
  guidance: (
    <>
      <p>
        How far the model is pushed from what fits any class towards what fits this one:{' '}
        <i className="math">
          ε̂ = (1 + w) ε<sub>θ</sub>(x<sub>t</sub>, c) − w ε<sub>θ</sub>(x<sub>t</sub>, ∅)
        </i>
        .
      </p>
      <p>
        0 is the plain conditional model; around 2, classes are clearer and more alike; far more makes them
        harsh. Every step asks the network twice as much. Where a program has s = 1 for no guidance, s = 1 +
        w.
      </p>
    </>
  ),
  clipX0: (
    <>
      <p>
        Clips the guess{' '}
        <i className="math">
          x̂<sub>0</sub>
        </i>{' '}
        to the range of a picture, −1 to 1, at each step.
      </p>
      <p>It keeps an error of the model from growing on the way; the authors of the paper do it too.</p>
    </>
  ),
  noiseAtEnd: (
    <p>
      Adds σ<i className="math">z</i> in the last step as well. The paper leaves it out, and so the picture is
      the mean itself; some implementations add it.
    </p>
  ),
  speed: (
    <>
      <p>Steps a second, of a run and of a replay.</p>
      <p>
        <b>Full</b> runs as fast as the model computes, and replays all in five seconds.
      </p>
    </>
  ),
  xt: (
    <p>The pictures on their way: pure noise at t = T, finished at t = 0. Choose one to follow it below.</p>
  ),
  x0: (
    <>
      <p>
        What the model takes the finished picture for, at the step that led here:{' '}
        <i className="math">
          x̂<sub>0</sub>
        </i>{' '}
        = (
        <i className="math">
          x<sub>t</sub>
        </i>{' '}
        − √(1−ᾱ<sub>t</sub>) <i className="math">ε</i>
        <sub>θ</sub>) / √ᾱ<sub>t</sub>.
      </p>
      <p>Blurred early on, where the noise leaves many pictures possible: the guess is their mean.</p>
    </>
  ),
};
