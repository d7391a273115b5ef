import { expect, it } from 'vitest';
import { modelAddressOf } from './fetchModel';

const page = 'http://localhost:4173/play/';

it('?model= is read from the page’s address, and a problem is a sentence', () => {
  const link = (model: string) => `${page}?model=${encodeURIComponent(model)}`;
  expect(modelAddressOf(link('https://example.org/m'))).toEqual({ address: 'https://example.org/m' });
  expect(modelAddressOf(page)).toBeNull();
  expect(modelAddressOf(link('http://localhost:1/m'))).toEqual({
    problem:
      'The model of the link, “http://localhost:1/m”, would come by http; it may come by https only, or from where this page is.',
  });
});
