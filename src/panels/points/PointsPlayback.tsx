import { Pause, Play, Rewind } from 'lucide-react';
import { useEffect } from 'react';
import { pointsStore, usePoints } from '../../store/points/usePoints';
import { Button } from '../../ui/controls/Button';
import { Segmented } from '../../ui/controls/Segmented';
import { SliderField } from '../../ui/controls/SliderField';
import { useReducedMotion } from '../sample/useReducedMotion';
import { explanations } from './explanations';

const speeds = [
  { value: '10', title: '½×' },
  { value: '5', title: '1×' },
  { value: '2', title: '2.5×' },
] as const;

/** t: a slider, and playing it either way. */
export function PointsPlayback() {
  usePlaying();
  const time = usePoints((state) => state.time);
  const { nSteps } = usePoints((state) => state.choices);
  const playing = usePoints((state) => (state.playing ? state.direction : null));
  const duration = usePoints((state) => String(state.duration));
  const ready = usePoints((state) => state.opened !== null);
  const { setTime, play, hold, show } = pointsStore.getState();
  return (
    <div className="points-playback">
      <SliderField
        label="Steps of noise"
        symbol="t"
        explanation={explanations.time}
        value={Math.round(time)}
        min={0}
        max={nSteps}
        onChange={(next) => {
          hold();
          setTime(next);
        }}
        format={(t) => `${t} of ${nSteps}`}
      />
      <div className="points-playback__buttons">
        <Button
          icon={playing === 'reverse' ? <Pause size={16} aria-hidden /> : <Rewind size={16} aria-hidden />}
          disabled={!ready}
          onClick={() => (playing === 'reverse' ? hold() : play('reverse'))}
        >
          {playing === 'reverse' ? 'Hold' : 'Play reverse: sample'}
        </Button>
        <Button
          icon={playing === 'forward' ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          disabled={!ready}
          onClick={() => (playing === 'forward' ? hold() : play('forward'))}
        >
          {playing === 'forward' ? 'Hold' : 'Play forward: add noise'}
        </Button>
        <Segmented
          label="Speed"
          labelHidden
          value={duration}
          options={speeds}
          onChange={(next) => show({ duration: Number(next) })}
        />
      </div>
    </div>
  );
}

/** Moves t on while it plays: every frame, or for who asked for less motion in a few stills. */
function usePlaying(): void {
  const playing = usePoints((state) => state.playing);
  const still = useReducedMotion();
  useEffect(() => {
    if (!playing) return;
    const { advance } = pointsStore.getState();
    if (still) {
      const timer = setInterval(() => advance(1), 1000);
      return () => clearInterval(timer);
    }
    let last = performance.now();
    let request = requestAnimationFrame(function move(now) {
      advance(Math.max(0, now - last) / 1000);
      last = now;
      request = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(request);
  }, [playing, still]);
}
