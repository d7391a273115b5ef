import { expect, test } from 'vitest';
import { keepLanguageSound } from './soundLanguage';

test.each([
  ['c', 'en'],
  ['', 'en'],
  ['C.UTF-8', 'en'],
  ['de-AT', 'de-AT'],
  ['en', 'en'],
])('the language %j is used as %j', (language, used) => {
  const place = { language };
  keepLanguageSound(place);
  expect(place.language).toBe(used);
  expect(() => new Intl.NumberFormat(place.language)).not.toThrow();
});
