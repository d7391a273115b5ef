import { useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { useModelConfig } from '../../panels/model/useModel';
import { Equation } from '../../ui/controls/Equation';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { PlotBox } from '../../ui/plot/PlotBox';
import { weightCurve } from './boundCurves';
import { explanations } from './help';

const tex = String.raw`L_{t-1} - C = \mathbb{E}\Bigl[\underbrace{\tfrac{\beta_t^2}{2\sigma_t^2\alpha_t(1-\bar\alpha_t)}}_{\text{dropped by } L_{\text{simple}}}\,\lVert\varepsilon - \varepsilon_\theta\rVert^2\Bigr]`;

/** The weight of the squared error in the bound, over t. */
export function WeightPanel() {
  const { schedule, nSteps } = useModelConfig();
  const series = useMemo(() => {
    const diffusion = createDiffusion(schedule, nSteps);
    return [
      { label: 'σ² = β', ...weightCurve(diffusion, 'beta'), colorToken: '--series-1' },
      { label: 'σ² = β̃', ...weightCurve(diffusion, 'betaTilde'), colorToken: '--series-2' },
    ];
  }, [schedule, nSteps]);
  const [first, last] = [series[0]?.y[0] as number, series[0]?.y.at(-1) as number];
  return (
    <Panel
      id="weight"
      title="Weight of each timestep"
      lead="The bound and the simple loss use the same squared error. They differ in the weight of each t."
    >
      <Equation
        tex={tex}
        label="L t minus 1, but for a constant, is the mean of beta t squared over two sigma t squared alpha t times one minus alpha bar t, which L simple drops, times the squared error of epsilon"
      />
      <figure>
        <figcaption className="note">
          The weight over t, logarithmic: <b style={{ color: 'var(--series-1)' }}>σ² = β</b>,{' '}
          <b style={{ color: 'var(--series-2)' }}>σ² = β̃</b>
          <Explanation about="the dropped weight">{explanations.weight}</Explanation>
        </figcaption>
        <PlotBox
          series={series}
          logY
          xLabel="t"
          label={`The weight that L simple drops, over t: from ${first.toPrecision(2)} to ${last.toPrecision(2)} with sigma squared beta`}
        />
      </figure>
    </Panel>
  );
}
