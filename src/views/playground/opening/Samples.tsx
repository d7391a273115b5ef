import { useMemo } from 'react';
import { recordingWords } from '../../../panels/model/modelWords';
import type { RecordedStep, Recording } from '../../../store/recording';
import { useStore } from '../../../store/store';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';

const most = 16;

/** The newest samples with as much noise as is left before t: those of a run that draws as they are. */
export function Samples({ t }: { t: number }) {
  const recording = useStore((state) => state.sampling.recording);
  const running = useStore((state) => state.sampling.status === 'running');
  const step = recording && (running ? recording.steps.at(-1) : stepAt(recording, t));
  return (
    <figure className="opening__samples">
      {recording && step ? (
        <Grid recording={recording} step={step} />
      ) : (
        <p className="empty">Samples of the model appear here.</p>
      )}
      <figcaption className="note">{recording ? recordingWords(recording) : 'no samples yet'}</figcaption>
    </figure>
  );
}

function Grid({ recording, step }: { recording: Recording; step: RecordedStep }) {
  const { imageSize, imageChannels } = recording.model;
  const count = Math.min(most, recording.settings.count);
  const images = useMemo(
    () => step.x.subarray(0, count * imageSize ** 2 * imageChannels),
    [step, count, imageSize, imageChannels],
  );
  return (
    <ImageGrid
      images={images}
      count={count}
      size={imageSize}
      channels={imageChannels}
      columns={(width) => (width > 300 ? 8 : 4)}
      label={`Samples with ${step.t} steps of noise left`}
    />
  );
}

/** The last step that a sampler takes before t, or that leads there. */
function stepAt({ steps }: Recording, t: number): RecordedStep | undefined {
  return steps.findLast((step) => step.t >= Math.max(0, t - 1));
}
