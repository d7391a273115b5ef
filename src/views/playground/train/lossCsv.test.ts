import { expect, test } from 'vitest';
import { lossCsv } from './lossCsv';

test('has a row a step, and reads back to the same numbers', () => {
  const losses = Float32Array.of(0.9, Number.NaN, 0.1, 1e-7);
  const csv = lossCsv({ before: 0, raw: losses }, [
    { step: 3, loss: 0.25 },
    { step: 9, loss: 1 },
  ]);
  const [head, ...rows] = csv.trimEnd().split('\n');
  expect(head).toBe('step,loss,held_out_loss');
  const cells = rows.map((row) => row.split(','));
  expect(cells.map(([step]) => step)).toEqual(['1', '2', '3', '4']);
  expect(cells.map(([, loss]) => loss && Math.fround(Number(loss)))).toEqual([
    losses[0],
    '',
    losses[2],
    losses[3],
  ]);
  expect(cells.map(([, , heldOut]) => heldOut)).toEqual(['', '', '0.25', '']);
  expect(lossCsv({ before: 7, raw: Float32Array.of(0.5, 0.25) }, [{ step: 9, loss: 1 }])).toBe(
    'step,loss,held_out_loss\n8,0.5,\n9,0.25,1\n',
  );
});
