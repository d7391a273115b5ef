import { type CSSProperties, useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { type Curve, curvesOf } from '../../panels/forward/curves';
import { engineTime, evenTimes } from '../../panels/forward/noising';
import { useExample } from '../../panels/forward/useExample';
import { useValues } from '../../panels/settings/useSettings';
import { trainingGroup } from '../../settings/groups/training';
import { useStore } from '../../store/store';
import { FilmStrip, nearestFrame } from '../../ui/canvasGrid/FilmStrip';
import { Button } from '../../ui/controls/Button';
import { Panel } from '../../ui/controls/Panel';
import { PlotBox } from '../../ui/plot/PlotBox';
import { WithSubscripts } from '../../ui/WithSubscripts';
import { ForwardLabField } from './help';
import { forwardLabGroup, scheduleChoices } from './settings';
import { scheduleIdOf } from './state';
import { moveTo, useLabTime, useScheduleDiffusion } from './useForwardLab';

const colours = ['--series-1', '--series-2'] as const;
const frameCount = 11;

/** Two schedules over the same t: their curves, and the same image with the same noise. */
export function CompareSchedulesPanel() {
  const { first, second } = useValues(forwardLabGroup);
  const diffusions = [useScheduleDiffusion(first), useScheduleDiffusion(second)] as const;
  return (
    <Panel
      id="compare-schedules"
      title="Two schedules compared"
      lead="The same image and the same noise under two schedules. A good schedule spends its steps where the image takes shape, and ends in pure noise."
    >
      <div className="stack">
        <div className="columns columns--narrow">
          <Choice of="first" colour={colours[0]} />
          <Choice of="second" colour={colours[1]} />
        </div>
        <Strip name={scheduleChoices[first].title} colour={colours[0]} diffusion={diffusions[0]} />
        <Strip name={scheduleChoices[second].title} colour={colours[1]} diffusion={diffusions[1]} />
        <Plots
          names={[scheduleChoices[first].title, scheduleChoices[second].title]}
          diffusions={diffusions}
        />
      </div>
    </Panel>
  );
}

function Choice({ of, colour }: { of: 'first' | 'second'; colour: string }) {
  const lab = useValues(forwardLabGroup);
  const id = scheduleIdOf(lab[of], lab);
  const used = useStore((state) => state.values.settings.model.schedule === id);
  return (
    <div className="schedule beside gap-2" style={{ '--colour': `var(${colour})` } as CSSProperties}>
      <ForwardLabField of={of} />
      <Button
        disabled={used}
        onClick={() => useStore.getState().set(trainingGroup, { 'model.schedule': id })}
      >
        {used ? 'In use' : 'Use it'}
      </Button>
    </div>
  );
}

function Strip({ name, colour, diffusion }: { name: string; colour: string; diffusion: Diffusion }) {
  const example = useExample();
  const t = useLabTime();
  const times = useMemo(() => evenTimes(diffusion.nSteps, frameCount), [diffusion]);
  const frames = useMemo(
    () =>
      times.map((at) => ({
        at,
        name: `t = ${at}`,
        caption: String(at),
        image: example && qSample(diffusion, example.x0, engineTime(at), example.noise),
      })),
    [times, example, diffusion],
  );
  return (
    <div
      className={`schedule film-scale ${times.length === frameCount ? 'film-scale--eleven' : ''}`}
      style={{ '--colour': `var(${colour})`, '--all-frames': times.length } as CSSProperties}
    >
      <h3 className="title">{name}</h3>
      <FilmStrip
        label={`${name}: the example at even steps`}
        frames={frames}
        current={nearestFrame(times, t)}
        size={example?.size ?? 8}
        channels={example?.channels ?? 1}
        onPick={moveTo}
      />
    </div>
  );
}

interface PlotsProps {
  names: readonly [string, string];
  diffusions: readonly [Diffusion, Diffusion];
}

function Plots({ names, diffusions: [first, second] }: PlotsProps) {
  const curves = useMemo(() => [curvesOf(first), curvesOf(second)] as const, [first, second]);
  const both = (of: 'beta' | 'alphaBar' | 'snr') => [curves[0][of], curves[1][of]] as const;
  return (
    <div className="columns columns--narrow">
      <ComparePlot title="Image left, ᾱ_t" name="ᾱ" names={names} curves={both('alphaBar')} />
      <ComparePlot title="Noise added, β_t, logarithmic" name="β" names={names} curves={both('beta')} log />
      <ComparePlot
        title="Signal-to-noise ratio, logarithmic"
        name="SNR"
        names={names}
        curves={both('snr')}
        log
      />
    </div>
  );
}

interface ComparePlotProps {
  title: string;
  name: string;
  names: readonly [string, string];
  curves: readonly [Curve, Curve];
  log?: boolean;
}

function ComparePlot({ title, name, names, curves, log = false }: ComparePlotProps) {
  const t = useLabTime();
  const series = useMemo(() => {
    // The same x, so that no point is joined to a gap.
    const { x } = curves[0];
    return curves.map((curve, i) => ({
      label: names[0] === names[1] ? `${names[i]} ${i + 1}` : (names[i] as string),
      x,
      y: curve.y,
      colorToken: colours[i] as string,
    }));
  }, [curves, names]);
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
        xLabel="t"
        label={`${name} over t of ${names.join(' and ')}`}
      />
    </figure>
  );
}
