import { expect, it } from 'vitest';
import { readKnownFacts } from './knownFacts';

const sound = {
  id: 'own:1a',
  title: 'Cats',
  count: 3,
  imageSize: 8,
  channels: 1,
  classNames: ['a'],
  augmentation: { flipAcross: false, flipDown: false, shift: 0 },
};
const read = (text: string | null) => readKnownFacts({ getItem: () => text, setItem: () => {} });

it('keeps what is sound of whatever is stored, and no prototype that it brings', () => {
  const hostile = JSON.stringify(sound).replace('{', '{"__proto__":{"polluted":1},"extra":2,');
  const list = `[${hostile},{"__proto__":${JSON.stringify(sound)}},null,7,{"id":"own:<b>"}]`;
  expect(read(list)).toEqual([sound]);
  expect(Object.hasOwn(read(list)[0] as object, '__proto__')).toBe(false);
  expect(Object.keys(Object.prototype)).toEqual([]);
  for (const text of [null, '', '[', '{"__proto__":[]}', '5', list.slice(0, 40)])
    expect(read(text)).toEqual([]);
});
