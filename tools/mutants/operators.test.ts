import { readFileSync } from 'node:fs';
import { parseAst } from 'vite';
import { describe, expect, test } from 'vitest';
import { mutantsOf } from './operators';

const changes = (text: string) => mutantsOf(text).map(({ from, to, line }) => `${line}: ${from} → ${to}`);

describe('mutants', () => {
  test('change one operator, number, condition, function or call each', () => {
    expect(changes('const a: number = b + 2;\nif (!c && d < 0) forget(d);')).toEqual([
      '1: + → -',
      '1: 2 → (2 + 1)',
      '2: && → ||',
      '2: !c → c',
      '2: < → <=',
      '2: 0 → 1',
      '2: forget(d); → ;',
    ]);
    expect(changes('const a = ready ? Math.min(x, y) : -z;')).toEqual([
      '1: ready ? Math.min(x, y) : -z → ready ? -z : Math.min(x, y)',
      '1: min → max',
      '1: -z → z',
    ]);
    expect(mutantsOf('const a = 1 * b;')[0]?.text).toBe('const a = 1 / b;');
  });

  test('leave types, imports and words alone', () => {
    expect(changes("import a from 'a';\ntype B = 1 | 2;\nconst c: B = d as 1;")).toEqual([]);
    expect(changes('if (a) throw new Error(name + 1);')).toEqual([]);
    expect(changes("const name = 'x' + y;")).toEqual([]);
    expect(changes('const name = y.toString();')).toEqual([]);
  });

  test('are programs still', () => {
    const text = readFileSync(new URL('../../src/engine/diffusion/bound.ts', import.meta.url), 'utf8');
    const mutants = mutantsOf(text);
    expect(mutants.length).toBeGreaterThan(30);
    for (const { text: mutated } of mutants) expect(() => parseAst(mutated, { lang: 'ts' })).not.toThrow();
    expect(new Set(mutants.map((mutant) => mutant.text)).size).toBe(mutants.length);
  });
});
