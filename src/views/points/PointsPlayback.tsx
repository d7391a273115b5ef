import { Pause, Play, Rewind } from 'lucide-react';
import { useEffect } from 'react';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Segmented } from '../../ui/controls/Segmented';
import { useReducedMotion } from '../../ui/useReducedMotion';
import { PointsField } from './help';
import { pointsGroup } from './settings';
import { pointsStore, usePoints } from './usePoints';

const speeds = [
  { value: '10', title: '½×' },
  { value: '5', title: '1×' },
  { value: '2', title: '2.5×' },
] as const;

/** t: a slider, and playing it either way. */
export function PointsPlayback() {
  usePlaying();
  const { nSteps, direction, duration } = useValues(pointsGroup);
  const playing = usePoints((state) => (state.playing ? direction : null));
  const ready = usePoints((state) => state.opened !== null);
  const { play, hold } = pointsStore.getState();
  return (
    <div className="stack gap-3">
      <PointsField of="time" as="slider" nSteps={nSteps} onSet={hold} />
      <div className="row">
        <Button
          icon={playing === 'reverse' ? Pause : Rewind}
          disabled={!ready}
          onClick={() => (playing === 'reverse' ? hold() : play('reverse'))}
        >
          {playing === 'reverse' ? 'Hold' : 'Play reverse: sample'}
        </Button>
        <Button
          icon={playing === 'forward' ? Pause : Play}
          disabled={!ready}
          onClick={() => (playing === 'forward' ? hold() : play('forward'))}
        >
          {playing === 'forward' ? 'Hold' : 'Play forward: add noise'}
        </Button>
        <Segmented
          label="Speed"
          labelHidden
          value={String(duration) as (typeof speeds)[number]['value']}
          options={speeds}
          onChange={(next) => useStore.getState().set(pointsGroup, { duration: Number(next) })}
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
