import { expect, test } from 'vitest';
import { embeddedPanel, fullPage, isWithoutControls } from './embed';

const page = 'https://example.org/play/';

test('an address can ask for one panel, and for its figure alone', () => {
  const address = `${page}?embed&panel=compare-samplers&controls=0#/samplers`;
  expect(embeddedPanel(address)).toBe('#compare-samplers');
  expect(isWithoutControls(address)).toBe(true);
  expect(fullPage(address)).toBe(`${page}#/samplers`);
});

test('only a frame has one, and only a name is one', () => {
  expect(embeddedPanel(`${page}?panel=sample`)).toBeNull();
  expect(isWithoutControls(`${page}?controls=0`)).toBe(false);
  expect(embeddedPanel(`${page}?embed`)).toBeNull();
  expect(embeddedPanel(`${page}?embed&panel=${encodeURIComponent('*, body')}`)).toBeNull();
});
