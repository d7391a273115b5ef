import { useMemo } from 'react';
import type { Recording } from '../../../store/recording';
import { useStore } from '../../../store/store';
import { type FilmFrame, FilmStrip, nearestFrame } from '../../../ui/canvasGrid/FilmStrip';
import { imageOf } from './imageOf';
import type { ShownStep } from './useShownStep';

interface SampleStripProps {
  shown: ShownStep | null;
  /** Places in the recording, those to come among them. */
  places: number[];
}

/** The chosen image on its way from noise, at even steps; those to come are empty. */
export function SampleStrip({ shown, places }: SampleStripProps) {
  const chosen = useStore((state) => state.sampling.image);
  const scrubTo = useStore((state) => state.scrubTo);
  const recording = shown?.recording ?? null;
  const there = places.filter((place) => place < (recording?.steps.length ?? 0));
  // What a place holds stays, but for the newest step of a recording that leaves some out.
  const newest = recording?.steps[there.at(-1) ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the recording is another one at each step, its frames are not.
  const frames = useMemo(
    () => places.map((place) => frameOf(recording, place, chosen)),
    [recording?.settings, newest, places, chosen],
  );
  return (
    <FilmStrip
      label="Film strip: the chosen image at even steps"
      frames={frames}
      current={shown && nearestFrame(there, shown.frame)}
      size={recording?.model.imageSize ?? 8}
      channels={recording?.model.imageChannels ?? 1}
      onPick={scrubTo}
    />
  );
}

function frameOf(recording: Recording | null, place: number, chosen: number): FilmFrame {
  const step = recording?.steps[place];
  return {
    at: place,
    name: step ? `t = ${step.t}` : 'not there yet',
    caption: step ? String(step.t) : '',
    image: recording && step ? imageOf(step.x, chosen, recording.model) : null,
  };
}
