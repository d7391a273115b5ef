import { useStore } from '../../store/store';
import { FilmStrip, nearestFrame } from '../../ui/canvasGrid/FilmStrip';
import { pictureOf } from './pictureOf';
import type { ShownStep } from './useShownStep';

interface SampleStripProps {
  shown: ShownStep | null;
  /** Places in the recording, those to come among them. */
  places: number[];
}

/** The chosen picture on its way from noise, at even steps; those to come are empty. */
export function SampleStrip({ shown, places }: SampleStripProps) {
  const chosen = useStore((state) => state.sampling.picture);
  const scrubTo = useStore((state) => state.scrubTo);
  const recording = shown?.recording;
  const frames = places.map((place) => {
    const step = recording?.steps[place];
    return {
      at: place,
      name: step ? `t = ${step.t}` : 'not there yet',
      caption: step ? String(step.t) : '',
      picture: recording && step ? pictureOf(step.x, chosen, recording.model) : null,
    };
  });
  const there = places.filter((place) => place < (recording?.steps.length ?? 0));
  return (
    <FilmStrip
      label="Film strip: the chosen picture at even steps"
      frames={frames}
      current={shown && nearestFrame(there, shown.frame)}
      size={recording?.model.imageSize ?? 8}
      channels={recording?.model.imageChannels ?? 1}
      onPick={scrubTo}
    />
  );
}
