import { describe, expect, it } from 'vitest';
import { smallConfig } from '../../engine/network/testing';
import { pointsOf } from '../../engine/unet/hooks';
import { coloured, colourScale, divergingTable } from '../../ui/maps/divergingColours';
import { changeOf, changeText, isOff, partsOf, withChange } from './broken/changeList';
import { receptiveField } from './receptiveField';

describe('changes of the network', () => {
  it('are one a target, and none where nothing is changed', () => {
    const skip = { point: 'up.0.res.skip' };
    const channel = { point: 'down.0.res', channel: 3 };
    let changes = withChange([], skip, { scale: 0 });
    changes = withChange(changes, channel, { add: 1.5 });
    changes = withChange(changes, channel, { scale: 0 });
    expect(changes).toEqual([
      { ...skip, scale: 0 },
      { ...channel, scale: 0, add: 1.5 },
    ]);
    expect(isOff(changes, skip.point)).toBe(true);
    expect(isOff(changes, channel.point)).toBe(false);
    expect(isOff(changes, channel.point, 3)).toBe(true);
    expect(changeOf(changes, channel)).toEqual({ scale: 0, add: 1.5 });
    expect(changes.map(changeText)).toEqual(['up.0.res.skip: off', 'channel 4 of down.0.res: off, +1.5']);
    changes = withChange(changes, skip, { scale: 1 });
    changes = withChange(changes, channel, { scale: 1, add: 0 });
    expect(changes).toEqual([]);
  });

  it('can be made of every skip, every attention block and what tells time and class', () => {
    const config = smallConfig({ n_classes: 2 });
    const { time, skips, attention } = partsOf(config);
    expect(time.map(({ point }) => point)).toEqual(['time_emb', 'class_emb']);
    expect(skips.map(({ title }) => title)).toEqual([
      'down.2.attn → up.0.res',
      'down.1 → up.1.res',
      'down.0.res → up.3.res',
      'image_proj → up.4.res',
    ]);
    expect(attention).toHaveLength(4);
    const points = pointsOf(config);
    for (const { point } of [...time, ...skips, ...attention]) expect(points.has(point), point).toBe(true);
  });
});

describe('the receptive field', () => {
  it('counts the strongest pixels that make up nine tenths', () => {
    const gradient = Float32Array.of(0.5, -8, 0.5, 1);
    expect(receptiveField(gradient, 1, 1)).toEqual({ values: gradient, own: -8, pixels: 2 });
    expect(receptiveField(new Float32Array(4), 1, 0).pixels).toBe(0);
  });

  it('joins the channels of a pixel to one value with their sign', () => {
    const { values } = receptiveField(Float32Array.of(3, 4, 0, 0, -3, -4), 3, 0);
    expect([...values]).toEqual([5, -5]);
  });
});

describe('colours of maps', () => {
  const table = divergingTable('#ff0000', '#000000', '#0000ff');

  it('go from one end over the middle to the other, and no further', () => {
    const rgb = [...coloured(Float32Array.of(-2, -1, 0, 0.5, 1, 9), 1, table)];
    expect(rgb.slice(0, 3)).toEqual([255, 0, 0]);
    expect(rgb.slice(3, 6)).toEqual([255, 0, 0]);
    expect(rgb.slice(6, 9)).toEqual([0, 0, 0]);
    expect(rgb[11]).toBeGreaterThan(120);
    expect(rgb[11]).toBeLessThan(135);
    expect(rgb.slice(15)).toEqual([0, 0, 255]);
    expect([...coloured(Float32Array.of(3), 0, table)]).toEqual([0, 0, 0]);
  });

  it('do not go pale for a value far out', () => {
    const even = Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : -1));
    expect(colourScale(even)).toBe(1);
    const one = even.slice();
    one[0] = 50;
    expect(colourScale(one)).toBeCloseTo(4 * Math.sqrt((99 + 2500) / 100), 5);
    expect(colourScale([])).toBe(0);
  });
});
