import { type CSSProperties, type ReactNode, Suspense, useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { type ScheduleChoice, scheduleIdOf } from '../../store/forwardLabSlice';
import { useStore } from '../../store/store';
import { FilmStrip, nearestFrame } from '../../ui/canvasGrid/FilmStrip';
import { Button } from '../../ui/controls/Button';
import { Panel } from '../../ui/controls/Panel';
import { lazyPart } from '../../ui/lazyPart';
import { type Curve, curvesOf } from '../forward/curves';
import { engineTime, evenTimes } from '../forward/noising';
import { useExample } from '../forward/useExample';
import { explanations } from './explanations';
import { ScheduleSelect, titleOf } from './ScheduleSelect';
import { useLabTime, useScheduleDiffusion } from './useForwardLab';
import './CompareSchedulesPanel.css';

const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);
const colours = ['--series-1', '--series-2'] as const;
const frameCount = 11;

/** Two schedules over the same t: their curves, and the same picture with the same noise. */
export function CompareSchedulesPanel() {
  const { first, second } = useStore((state) => state.forwardLab);
  const set = useStore((state) => state.setForwardLab);
  const diffusions = [useScheduleDiffusion(first), useScheduleDiffusion(second)] as const;
  return (
    <Panel
      id="compare-schedules"
      title="Two schedules side by side"
      lead="The same picture and the same noise. A good schedule spends its steps where there is something to decide, and ends in noise alone."
    >
      <div className="compare-schedules">
        <div className="compare-schedules__choices">
          <Choice
            label="First schedule"
            choice={first}
            colour={colours[0]}
            onChange={(next) => set({ first: next })}
          />
          <Choice
            label="Second schedule"
            choice={second}
            colour={colours[1]}
            onChange={(next) => set({ second: next })}
          />
        </div>
        <Strip name={titleOf(first)} colour={colours[0]} diffusion={diffusions[0]} />
        <Strip name={titleOf(second)} colour={colours[1]} diffusion={diffusions[1]} />
        <Plots names={[titleOf(first), titleOf(second)]} diffusions={diffusions} />
      </div>
    </Panel>
  );
}

interface ChoiceProps {
  label: string;
  choice: ScheduleChoice;
  colour: string;
  onChange: (choice: ScheduleChoice) => void;
}

function Choice({ label, choice, colour, onChange }: ChoiceProps) {
  const id = useStore((state) => scheduleIdOf(choice, state.forwardLab));
  const used = useStore((state) => state.settings.model.schedule === id);
  const changeModel = useStore((state) => state.changeModel);
  return (
    <div className="schedule-choice" style={{ '--key': `var(${colour})` } as CSSProperties}>
      <ScheduleSelect
        label={label}
        explanation={label.startsWith('First') ? explanations.schedule : explanations.other}
        value={choice}
        onChange={onChange}
      />
      <Button disabled={used} onClick={() => changeModel({ schedule: id })}>
        {used ? 'In use' : 'Use it'}
      </Button>
    </div>
  );
}

function Strip({ name, colour, diffusion }: { name: string; colour: string; diffusion: Diffusion }) {
  const example = useExample();
  const t = useLabTime();
  const set = useStore((state) => state.setForwardLab);
  const times = useMemo(() => evenTimes(diffusion.nSteps, frameCount), [diffusion]);
  const frames = useMemo(
    () =>
      times.map((at) => ({
        at,
        name: `t = ${at}`,
        caption: String(at),
        picture: example && qSample(diffusion, example.x0, engineTime(at), example.noise),
      })),
    [times, example, diffusion],
  );
  return (
    <div
      className={`schedule-strip film-scale ${times.length === frameCount ? 'film-scale--eleven' : ''}`}
      style={{ '--key': `var(${colour})`, '--all-frames': times.length } as CSSProperties}
    >
      <h3 className="schedule-strip__name">{name}</h3>
      <FilmStrip
        label={`${name}: the example at even steps`}
        frames={frames}
        current={nearestFrame(times, t)}
        size={example?.size ?? 8}
        channels={example?.channels ?? 1}
        onPick={(at) => set({ t: at, playing: false })}
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
    <div className="compare-schedules__plots">
      <ComparePlot
        title={
          <>
            Picture left, ᾱ<sub>t</sub>
          </>
        }
        name="ᾱ"
        names={names}
        curves={both('alphaBar')}
      />
      <ComparePlot
        title={
          <>
            Noise added, β<sub>t</sub>, logarithmic
          </>
        }
        name="β"
        names={names}
        curves={both('beta')}
        log
      />
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
  title: ReactNode;
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
      <figcaption className="compare-schedules__title">{title}</figcaption>
      <div className="compare-schedules__box">
        <Suspense fallback={null}>
          <LinePlot
            series={series}
            marker={t}
            logY={log}
            xLabel="t"
            label={`${name} over t of ${names.join(' and ')}`}
          />
        </Suspense>
      </div>
    </figure>
  );
}
