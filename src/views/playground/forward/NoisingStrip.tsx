import { useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { qSample } from '../../../engine/diffusion/forward';
import { clampTime } from '../../../panels/forward/clampTime';
import { engineTime } from '../../../panels/forward/noising';
import { useExample } from '../../../panels/forward/useExample';
import { forwardGroup } from '../../../settings/groups/forward';
import { useStore } from '../../../store/store';
import { FilmStrip, nearestFrame } from '../../../ui/canvasGrid/FilmStrip';

interface NoisingStripProps {
  diffusion: Diffusion;
  times: number[];
}

/** The example at a row of times with the same noise; the nearest to t is marked, a click jumps. */
export function NoisingStrip({ diffusion, times }: NoisingStripProps) {
  const example = useExample();
  const near = useStore((state) => nearestFrame(times, clampTime(state.values.forward, diffusion.nSteps)));
  const frames = useMemo(
    () =>
      times.map((t) => ({
        at: t,
        name: `t = ${t}`,
        caption: String(t),
        image: example && qSample(diffusion, example.x0, engineTime(t), example.noise),
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

function setTime(t: number): void {
  useStore.getState().set(forwardGroup, { t });
}
