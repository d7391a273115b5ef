import { useEffect } from 'react';
import { Equation } from '../../ui/controls/Equation';
import { Panel } from '../../ui/controls/Panel';
import { PointsCanvas } from './PointsCanvas';
import { PointsPlayback } from './PointsPlayback';
import { PointsData, PointsSettings } from './PointsSettings';
import { PointsShown } from './PointsShown';
import { PointsTraining } from './PointsTraining';
import { pointsStore } from './usePoints';
import './points.css';

const exact = String.raw`\varepsilon(x_t, t) = -\sqrt{1-\bar\alpha_t}\;\nabla_{x_t}\log \sum_k \tfrac1N\,\mathcal N\!\left(x_t;\ \sqrt{\bar\alpha_t}\,\mu_k,\ (\bar\alpha_t s^2 + 1-\bar\alpha_t)\,I\right)`;

/** A diffusion model of points in the plane, small enough to see whole. */
export function PointsPanel() {
  useEffect(() => {
    void pointsStore.getState().begin();
    // Nobody watches it learn elsewhere.
    return () => {
      pointsStore.getState().hold();
      void pointsStore.getState().pause();
    };
  }, []);
  return (
    <Panel
      id="points"
      title="Two dimensions"
      lead="The same process on points in a plane, where the whole noise field is visible: what a small network learned, beside the exact field."
    >
      <div className="points">
        <div className="stack gap-3">
          <PointsCanvas />
          <PointsPlayback />
          <PointsShown />
        </div>
        <div className="stack gap-3">
          <PointsData />
          <PointsTraining />
          <PointsSettings />
          <Equation
            tex={exact}
            label="The exact noise: minus the square root of one minus alpha bar t, times the gradient of the logarithm of the mixture's density at time t"
          />
        </div>
      </div>
    </Panel>
  );
}
