import { expect, test } from 'vitest';
import type { ImageBytes } from '../../../store/recording';
import { frameLayout } from './frames';
import { encodeGif } from './gif';

const frames = [30, 200, 90].map((level) => ({
  batch: new Uint8ClampedArray(2 * 16).fill(level) as ImageBytes,
  milliseconds: 120,
  t: 0,
}));
const layout = frameLayout({ size: 4, channels: 1, columns: 2 }, [0, 1], 3);
const signal = new AbortController().signal;

test('has the size, the frames and their times, and repeats', async () => {
  const shares: number[] = [];
  const { bytes } = await encodeGif({ frames, layout, onProgress: (share) => shares.push(share), signal });
  const text = String.fromCharCode(...bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(text.slice(0, 6)).toBe('GIF89a');
  expect([view.getUint16(6, true), view.getUint16(8, true)]).toEqual([layout.width, layout.height]);
  expect(text).toContain('NETSCAPE2.0');
  // A graphic control extension a frame: its delay in hundredths of a second.
  const starts = text.split('!\xf9\x04').slice(0, -1);
  const ends = starts.map((_, i) => starts.slice(0, i + 1).join('!\xf9\x04').length);
  const delays = ends.map((at) => view.getUint16(at + 4, true));
  expect(delays).toEqual([12, 12, 12]);
  expect(shares).toEqual([0, 1 / 3, 2 / 3]);
});

test('keeps the colours of RGB images, and ends when that is wanted', async () => {
  const colours = frames.map(({ milliseconds }) => ({
    batch: Uint8ClampedArray.from({ length: 2 * 48 }, (_, i) => [250, 10, 90][i % 3] as number) as ImageBytes,
    milliseconds,
    t: 0,
  }));
  const rgb = frameLayout({ size: 4, channels: 3, columns: 2 }, [0, 1], 1);
  const control = new AbortController();
  const { bytes } = await encodeGif({ frames: colours, layout: rgb, onProgress: () => {}, signal });
  expect(bytes.length).toBeGreaterThan(100);
  const onProgress = (share: number) => share > 0.5 && control.abort(new Error('enough'));
  await expect(
    encodeGif({ frames: colours, layout: rgb, onProgress, signal: control.signal }),
  ).rejects.toThrow('enough');
});
