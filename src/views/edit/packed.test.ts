import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, it } from 'vitest';
import { toBase64url } from '../../engine/base64url';
import { packHole, packImage, unpackHole, unpackImage } from './packed';

it('a packed image is the same to half a grey level', () => {
  const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, (given) => {
      const back = unpackImage(packImage(Float32Array.from(given)), given.length) as Float32Array;
      for (const [i, value] of given.entries())
        expect(Math.abs((back[i] as number) - value)).toBeLessThan(0.5 / 127.5 + 1e-6);
    }),
  );
});

it('a packed hole is the same, in an eighth of the bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 300 }), (given) => {
      const text = packHole(Uint8Array.from(given));
      expect(text.length).toBe(Math.ceil((Math.ceil(given.length / 8) * 8) / 6));
      expect([...(unpackHole(text, given.length) as Uint8Array)]).toEqual(given);
    }),
  );
});

it('what is of another size, or nothing of the kind, is none', () => {
  const image = packImage(new Float32Array(64));
  expect(unpackImage(image, 63)).toBeNull();
  expect(unpackImage(image, 65)).toBeNull();
  expect(unpackImage(toBase64url(deflateSync(new Uint8Array(1e5))), 64)).toBeNull();
  expect(unpackHole(packHole(new Uint8Array(64)), 65)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      unpackHole(text, 64);
      expect(unpackImage(text, 4096)).toBeNull();
    }),
  );
});
