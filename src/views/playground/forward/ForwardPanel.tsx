import { useDiffusion } from '../../../panels/forward/useDiffusion';
import { Equation } from '../../../ui/controls/Equation';
import { Explanation } from '../../../ui/controls/Explanation';
import { Panel } from '../../../ui/controls/Panel';
import { ForwardImages } from './ForwardImages';
import { NoisingTable } from './NoisingTable';
import { SchedulePlots } from './SchedulePlots';
import { TimeScrubber } from './TimeScrubber';

const equation = String.raw`x_t = \htmlClass{signal}{\sqrt{\bar\alpha_t}}\;x_0 + \htmlClass{noise}{\sqrt{1-\bar\alpha_t}}\;\varepsilon`;

/** Adds noise to the picked example, step by step: x_t, the noise in it, and every quantity of the equation at t. */
export function ForwardPanel() {
  const diffusion = useDiffusion();
  return (
    <Panel
      id="forward"
      title="Noising"
      lead="The forward process adds noise to the image in small steps until nothing of it is left. One jump gives any step at once."
    >
      <div className="stack">
        <div className="row row--between">
          <Equation
            tex={equation}
            label="x t equals the square root of alpha bar t times x zero, plus the square root of one minus alpha bar t times epsilon"
          />
          <span className="row note">
            <span className="grey-scale" aria-hidden />
            −1 is black, 1 is white
            <Explanation about="the scale of grey">
              <p>All images of this page hold values from −1 (black) to 1 (white), a value a channel.</p>
              <p>
                Noise reaches further. What lies beyond is drawn as black or white, but kept in full in every
                computation.
              </p>
            </Explanation>
          </span>
        </div>
        <ForwardImages diffusion={diffusion} />
        <TimeScrubber diffusion={diffusion} />
        <NoisingTable diffusion={diffusion} />
        <SchedulePlots diffusion={diffusion} />
      </div>
    </Panel>
  );
}
