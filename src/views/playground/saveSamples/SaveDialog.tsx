import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { columnsOf } from '../../../engine/data/columnsOf';
import { samplerOf } from '../../../engine/diffusion/samplers/samplers';
import type { Recording } from '../../../store/recording';
import { shownFrame } from '../../../store/samplingSlice';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { NumberField } from '../../../ui/controls/NumberField';
import { Problem } from '../../../ui/controls/Problem';
import { Segmented } from '../../../ui/controls/Segmented';
import { SelectField } from '../../../ui/controls/SelectField';
import { SwitchField } from '../../../ui/controls/SwitchField';
import '../../../ui/controls/dialog.css';
import {
  type FrameLayout,
  frameLayout,
  type Quantity,
  scaleFor,
  type TimedFrame,
  timedFrames,
} from './frames';
import { type Saving, useSaving } from './useSaving';

type Format = 'png' | 'gif' | 'video';

const formats = [
  { value: 'png', title: 'Image (PNG)' },
  { value: 'gif', title: 'GIF' },
  { value: 'video', title: 'Video' },
] as const;
const quantities = [
  { value: 'x', title: 'x, the images' },
  { value: 'x0', title: 'x̂₀, predicted images' },
  { value: 'eps', title: 'ε̂, predicted noise' },
] as const;
const scopes = [
  { value: 'all', title: 'All' },
  { value: 'chosen', title: 'The chosen one' },
] as const;
const scales = [1, 2, 4, 8, 16];
/** How wide an animation is, and the scale of an image, where nobody chose. */
const usual = { pixels: 600, scale: 4 };
const LONGEST_SECONDS = 30;
/** Beyond it browsers refuse canvases, and codecs frames. */
const LARGEST_SIDE = 4096;

/** What to save of the recording, and how. */
export default function SaveDialog({ onClose }: { onClose: () => void }) {
  const sampling = useStore((state) => state.sampling);
  const [format, setFormat] = useState<Format>('png');
  const [quantity, setQuantity] = useState<Quantity>('x');
  const [scope, setScope] = useState<'all' | 'chosen'>('all');
  const [chosenScale, setScale] = useState<string | null>(null);
  const [seconds, setSeconds] = useState(6);
  const [captioned, setCaptioned] = useState(false);
  const [draft, setDraft] = useState<string | null>(null);
  const saving = useSaving();
  const { recording } = sampling;
  if (!recording) return null;
  const { model, settings, steps } = recording;
  const images = scope === 'chosen' ? [sampling.image] : Array.from({ length: settings.count }, (_, i) => i);
  const grid = {
    size: model.imageSize,
    channels: model.imageChannels,
    columns: columnsOf(settings.count, settings.classes === 'each' ? model.nClasses : 0),
  };
  const layoutAt = (factor: number) => frameLayout(grid, images, factor);
  const animated = format !== 'png';
  const wide = scaleFor(usual.pixels, layoutAt(1));
  const scale = chosenScale ?? String(animated ? wide : usual.scale);
  const offered = [...new Set([...scales, wide, Number(scale)])]
    .sort((one, other) => one - other)
    .map(String);
  const layout = layoutAt(Number(scale));
  const shown = steps[shownFrame(sampling)];
  const there = animated ? steps.some((step) => step[quantity]) : shown?.[quantity] != null;
  const problem = problemOf(format, there, layout);
  const save = () =>
    saving.save(...fileOf({ format, quantity, seconds, layout, recording, shown, captioned }));
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title>Save images</Dialog.Title>
          <Segmented label="As" value={format} options={formats} onChange={setFormat} />
          <p className="note">{animated ? animationNote(recording) : imageNote(recording, shown)}</p>
          <div className="fields">
            <SelectField label="What" value={quantity} options={quantities} onChange={setQuantity} />
            <SelectField
              label="Scale"
              value={scale}
              options={offered.map((value) => ({ value, title: scaleTitle(value, layoutAt(Number(value))) }))}
              onChange={setScale}
            />
            <Segmented label="Images" value={scope} options={scopes} onChange={setScope} />
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
          {animated && (
            <SwitchField label="Write t and the sampler below" checked={captioned} onChange={setCaptioned} />
          )}
          <Problem>{problem}</Problem>
          <Progress saving={saving} />
          <div className="row row--end">
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
  /** With a line of text below. */
  captioned: boolean;
}

/** The name of the file, and what makes it; encoders load when they are needed. */
function fileOf({
  format,
  quantity,
  seconds,
  layout,
  recording,
  shown,
  captioned,
}: Choice): Parameters<Saving['save']> {
  const { steps } = recording;
  if (format === 'png') {
    const batch = shown?.[quantity];
    const make = async () => {
      if (!batch) throw new Error('This step has no such image.');
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
      const caption = captioned ? captionOf(recording) : undefined;
      return encode({ frames, layout, caption, onProgress, signal });
    },
  ];
}

/** "t = 852 · DDIM, 15 steps". */
function captionOf({ settings, total }: Recording) {
  const { title } = samplerOf(settings.sampler);
  return ({ t }: TimedFrame) => `t = ${t} · ${title}, ${total.toLocaleString('en')} steps`;
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

function imageNote({ total }: Recording, shown: Choice['shown']): string {
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
    <div className="row" role="status">
      {share !== null && (
        <>
          <progress className="grow" max={1} value={share} aria-label="File" />
          <span>{Math.round(100 * share)} %</span>
        </>
      )}
      {message && <p className={message.tone === 'bad' ? 'problem' : 'note'}>{message.text}</p>}
    </div>
  );
}
