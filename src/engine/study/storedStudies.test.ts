import { describe, expect, it } from 'vitest';
import { formatStored, parseStored, storedAnswer, storedFileName } from './storedStudies';
import type { Study } from './study';

const stored = {
  bound: {
    request: { images: 64, variance: 'beta', lines: [{ steps: [1, 2] }] },
    reports: [{ term: { t: 3, nats: 0.1234567 } }],
    result: null,
  },
  quality: {
    request: { seed: 1 },
    reports: [],
    result: { samples: Float32Array.of(-1, 0.5, 1), distances: Float64Array.of(0.25, 1 / 3) },
  },
};

const answer = (name: string, request: unknown) =>
  storedAnswer<Study<unknown, unknown, unknown>>(stored, name, request);

describe('stored studies', () => {
  it('come back from JSON with images and numbers as they were, to six digits', () => {
    const read = parseStored(formatStored(stored));
    expect(read.bound).toEqual({
      ...stored.bound,
      reports: [{ term: { t: 3, nats: 0.123457 } }],
    });
    const result = read.quality?.result as (typeof stored)['quality']['result'];
    expect(result.samples).toEqual(Float32Array.of(-1, 0.5, 1));
    expect(result.distances).toEqual(Float64Array.of(0.25, 0.333333));
  });

  it('answer the same request in any order of its parts, and no other', () => {
    const asked = { variance: 'beta', lines: [{ steps: [1, 2] }], images: 64 };
    expect(answer('bound', asked)).toBe(stored.bound);
    expect(answer('bound', { ...asked, images: 65 })).toBeUndefined();
    expect(answer('bound', { ...asked, lines: [{ steps: [2, 1] }] })).toBeUndefined();
    expect(answer('quality', asked)).toBeUndefined();
    expect(answer('toString', undefined)).toBeUndefined();
  });

  it('lie beside the model', () => {
    expect(storedFileName('digits-by-class.safetensors')).toBe('digits-by-class.studies.json');
  });
});
