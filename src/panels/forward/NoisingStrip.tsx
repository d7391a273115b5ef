import { useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { useStore } from '../../store/store';
import { FilmStrip, nearestFrame } from '../../ui/canvasGrid/FilmStrip';
import { clampTime } from './clampTime';
import { engineTime } from './noising';
import { useExample } from './useExample';

interface NoisingStripProps {
  diffusion: Diffusion;
  times: number[];
}

/** The example at a row of times with the same noise; the nearest to t is marked, a click jumps. */
export function NoisingStrip({ diffusion, times }: NoisingStripProps) {
  const example = useExample();
  const near = useStore((state) => nearestFrame(times, clampTime(state.forward, diffusion.nSteps)));
  const setTime = useStore((state) => state.setTime);
  const frames = useMemo(
    () =>
      times.map((t) => ({
        at: t,
        name: `t = ${t}`,
        caption: String(t),
        picture: example && qSample(diffusion, example.x0, engineTime(t), example.noise),
      })),
    [diffusion, times, example],
  );
  return (
    <FilmStrip
      label="Film strip: the example at even steps"
      frames={frames}
      current={near}
      size={example?.size ?? 8}
      channels={example?.channels ?? 1}
      onPick={setTime}
    />
  );
}
