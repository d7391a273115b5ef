import { type ReactNode, Suspense, useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { clampTime } from '../../../panels/forward/clampTime';
import { type Curve, curvesOf } from '../../../panels/forward/curves';
import { useStore } from '../../../store/store';
import { formatQuantity } from '../../../ui/formatQuantity';
import { lazyPart } from '../../../ui/lazyPart';

/** uPlot loads after the first paint. */
const LinePlot = lazyPart(() =>
  import('../../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

/** β, ᾱ and SNR over t, each with a marker at the t of the slider. */
export function SchedulePlots({ diffusion }: { diffusion: Diffusion }) {
  const { beta, alphaBar, snr } = useMemo(() => curvesOf(diffusion), [diffusion]);
  return (
    <div className="columns columns--narrow">
      <SchedulePlot
        title={
          <>
            Noise added, β<sub>t</sub>
          </>
        }
        name="β"
        color="--noise"
        curve={beta}
        diffusion={diffusion}
      />
      <SchedulePlot
        title={
          <>
            Image left, ᾱ<sub>t</sub>
          </>
        }
        name="ᾱ"
        color="--signal"
        curve={alphaBar}
        diffusion={diffusion}
      />
      <SchedulePlot
        title="SNR, logarithmic"
        name="SNR"
        color="--series-3"
        curve={snr}
        diffusion={diffusion}
        log
      />
    </div>
  );
}

interface SchedulePlotProps {
  title: ReactNode;
  name: string;
  color: string;
  curve: Curve;
  diffusion: Diffusion;
  log?: boolean;
}

function SchedulePlot({ title, name, color, curve, diffusion, log = false }: SchedulePlotProps) {
  const t = useStore((state) => clampTime(state.values.forward, diffusion.nSteps));
  const series = useMemo(() => [{ label: name, ...curve, colorToken: color }], [name, curve, color]);
  const [first, last] = [curve.y[0] as number, curve.y.at(-1) as number];
  return (
    <figure>
      <figcaption className="note">{title}</figcaption>
      <div className="plot">
        <Suspense fallback={null}>
          <LinePlot
            series={series}
            marker={t}
            logY={log}
            label={`${name} over t, from ${formatQuantity(first)} to ${formatQuantity(last)}`}
          />
        </Suspense>
      </div>
    </figure>
  );
}
