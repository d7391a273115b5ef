import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { Recording } from '../../store/recording';
import { shownFrame } from '../../store/samplingSlice';
import { useStore } from '../../store/store';
import { columnsOf } from '../../ui/canvasGrid/columnsOf';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import '../../ui/controls/ConfirmDialog.css';
import { type FrameLayout, frameLayout, type Quantity, timedFrames } from './frames';
import { type Saving, useSaving } from './useSaving';
import './saveSamples.css';

type Format = 'png' | 'gif' | 'video';

const formats = [
  { value: 'png', title: 'Picture (PNG)' },
  { value: 'gif', title: 'GIF' },
  { value: 'video', title: 'Video' },
] as const;
const quantities = [
  { value: 'x', title: 'x, the pictures' },
  { value: 'x0', title: 'x̂₀, predicted pictures' },
  { value: 'eps', title: 'ε̂, predicted noise' },
] as const;
const scopes = [
  { value: 'all', title: 'All' },
  { value: 'chosen', title: 'The chosen one' },
] as const;
const scales = ['1', '2', '4', '8', '16'];
const LONGEST_SECONDS = 30;
/** Beyond it browsers refuse canvases, and codecs frames. */
const LARGEST_SIDE = 4096;

/** What to save of the recording, and how. */
export default function SaveDialog({ onClose }: { onClose: () => void }) {
  const sampling = useStore((state) => state.sampling);
  const [format, setFormat] = useState<Format>('png');
  const [quantity, setQuantity] = useState<Quantity>('x');
  const [scope, setScope] = useState<'all' | 'chosen'>('all');
  const [scale, setScale] = useState('4');
  const [seconds, setSeconds] = useState(6);
  const [draft, setDraft] = useState<string | null>(null);
  const saving = useSaving();
  const { recording } = sampling;
  if (!recording) return null;
  const { model, settings, steps } = recording;
  const pictures =
    scope === 'chosen' ? [sampling.picture] : Array.from({ length: settings.count }, (_, i) => i);
  const grid = {
    size: model.imageSize,
    channels: model.imageChannels,
    columns: columnsOf(settings.count, settings.classes === 'each' ? model.nClasses : 0),
  };
  const layoutAt = (factor: number) => frameLayout(grid, pictures, factor);
  const layout = layoutAt(Number(scale));
  const shown = steps[shownFrame(sampling)];
  const animated = format !== 'png';
  const there = animated ? steps.some((step) => step[quantity]) : shown?.[quantity] != null;
  const problem = problemOf(format, there, layout);
  const save = () => saving.save(...fileOf({ format, quantity, seconds, layout, recording, shown }));
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content className="dialog save-samples" aria-describedby={undefined}>
          <Dialog.Title className="dialog__title">Save pictures</Dialog.Title>
          <Segmented label="As" value={format} options={formats} onChange={setFormat} />
          <p className="field__note">{animated ? animationNote(recording) : pictureNote(recording, shown)}</p>
          <div className="save-samples__fields">
            <SelectField label="What" value={quantity} options={quantities} onChange={setQuantity} />
            <SelectField
              label="Scale"
              value={scale}
              options={scales.map((value) => ({ value, title: scaleTitle(value, layoutAt(Number(value))) }))}
              onChange={setScale}
            />
            <Segmented label="Pictures" value={scope} options={scopes} onChange={setScope} />
            {animated && (
              <NumberField
                label="Seconds"
                value={seconds}
                min={1}
                max={LONGEST_SECONDS}
                integer
                onCommit={setSeconds}
                onDraft={setDraft}
              />
            )}
          </div>
          {problem && (
            <p className="field__problem" role="alert">
              {problem}
            </p>
          )}
          <Progress saving={saving} />
          <div className="dialog__buttons">
            <Button onClick={saving.share === null ? onClose : saving.cancel}>
              {saving.share === null ? 'Close' : 'Cancel'}
            </Button>
            <Button
              variant="primary"
              disabled={saving.share !== null || problem !== null || draft !== null}
              onClick={save}
            >
              Save
            </Button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Choice {
  format: Format;
  quantity: Quantity;
  seconds: number;
  layout: FrameLayout;
  recording: Recording;
  shown: Recording['steps'][number] | undefined;
}

/** The name of the file, and what makes it; encoders load when they are needed. */
function fileOf({ format, quantity, seconds, layout, recording, shown }: Choice): Parameters<Saving['save']> {
  const { steps } = recording;
  if (format === 'png') {
    const batch = shown?.[quantity];
    const make = async () => {
      if (!batch) throw new Error('This step has no such picture.');
      const { encodePng } = await import('./png');
      return encodePng(batch, layout);
    };
    return [`ddpm-samples-t${shown?.t ?? 0}${suffix(quantity)}`, make];
  }
  return [
    `ddpm-reverse-process${suffix(quantity)}`,
    async (onProgress, signal) => {
      const { encode, timing } = await encoderOf(format);
      const frames = timedFrames(steps, quantity, seconds, timing.perSecond, timing.tick);
      return encode({ frames, layout, onProgress, signal });
    },
  ];
}

async function encoderOf(format: 'gif' | 'video') {
  if (format === 'gif') {
    const { encodeGif, gifTiming } = await import('./gif');
    return { encode: encodeGif, timing: gifTiming };
  }
  const { encodeVideo, videoTiming } = await import('./video');
  return { encode: encodeVideo, timing: videoTiming };
}

function suffix(quantity: Quantity): string {
  return quantity === 'x' ? '' : `-${quantity}`;
}

function problemOf(format: Format, there: boolean, { width, height }: FrameLayout): string | null {
  if (format === 'video' && typeof VideoEncoder === 'undefined')
    return 'This browser cannot encode video (it has no WebCodecs, or the page has no https): take a GIF.';
  if (!there) return 'This comes with the first step: x̂₀ and ε̂ of pure noise are not known yet.';
  if (Math.max(width, height) > LARGEST_SIDE)
    return `${width}×${height} pixels are too many: at most ${LARGEST_SIDE} a side. Take a smaller scale.`;
  return null;
}

function pictureNote({ total }: Recording, shown: Choice['shown']): string {
  const step = shown ? `step ${shown.index.toLocaleString('en')} of ${total.toLocaleString('en')}` : '';
  return `What is shown: ${step}, t = ${shown?.t ?? 0}.`;
}

function animationNote({ steps, total, stride }: Recording): string {
  const kept = stride === 1 ? '' : `, of which every ${stride}th was kept`;
  const far = (steps.at(-1)?.index ?? 0) < total ? ' as far as it was drawn' : '';
  return `The whole reverse process${far}: ${total.toLocaleString('en')} steps${kept}.`;
}

function scaleTitle(scale: string, { width, height }: FrameLayout): string {
  return `${scale}× (${width}×${height})`;
}

function Progress({ saving: { share, message } }: { saving: Saving }) {
  return (
    <div className="save-samples__progress" role="status">
      {share !== null && (
        <>
          <progress max={1} value={share} aria-label="File" />
          <span>{Math.round(100 * share)} %</span>
        </>
      )}
      {message && <p data-tone={message.tone}>{message.text}</p>}
    </div>
  );
}
