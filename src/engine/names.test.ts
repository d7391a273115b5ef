import { expect, test } from 'vitest';
import { nameProblem, plainName, plainText } from './names';

test('a name has nothing that cannot be seen or turns the text around it', () => {
  expect(plainName(' a\u0000b\u202egnp.exe\u202c ')).toBe('abgnp.exe');
  expect(plainName('\u001b[31mred\u0007 \u2066x\u2069\u200f')).toBe('[31mred x');
  // Letters of any script stay, joined ones too.
  for (const name of ['Ziffern für später', 'נתונים', 'أرقام', '数字 👩‍🎨'])
    expect(plainName(name)).toBe(name);
});

test('text for a terminal keeps its lines', () => {
  expect(plainText('a\n\tb\u001b]0;title\u0007')).toBe('a\n\tb\ufffd]0;title\ufffd');
});

test('a name that is too long is told with its length', () => {
  expect(nameProblem('x'.repeat(80), 80)).toBeNull();
  expect(nameProblem(` ${'x'.repeat(101)} `, 80)).toBe('A name has at most 80 characters; this one has 101.');
});
