import { useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { clampTime } from '../../../panels/forward/clampTime';
import { type Curve, curvesOf } from '../../../panels/forward/curves';
import { useStore } from '../../../store/store';
import { formatQuantity } from '../../../ui/formatQuantity';
import { PlotBox } from '../../../ui/plot/PlotBox';
import { WithSubscripts } from '../../../ui/WithSubscripts';

/** β, ᾱ and SNR over t, each with a marker at the t of the slider. */
export function SchedulePlots({ diffusion }: { diffusion: Diffusion }) {
  const { beta, alphaBar, snr } = useMemo(() => curvesOf(diffusion), [diffusion]);
  return (
    <div className="columns columns--narrow">
      <SchedulePlot title="Noise added, β_t" name="β" color="--noise" curve={beta} diffusion={diffusion} />
      <SchedulePlot
        title="Image left, ᾱ_t"
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
  title: string;
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
      <figcaption className="note">
        <WithSubscripts text={title} />
      </figcaption>
      <PlotBox
        className="plot"
        series={series}
        marker={t}
        logY={log}
        label={`${name} over t, from ${formatQuantity(first)} to ${formatQuantity(last)}`}
      />
    </figure>
  );
}
