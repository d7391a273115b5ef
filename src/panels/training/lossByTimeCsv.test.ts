import { expect, test } from 'vitest';
import { lossByTimeCsv } from './lossByTimeCsv';

test('every t from 1 to T is in one row, and what was not met is empty', () => {
  expect(lossByTimeCsv(Float64Array.of(0.5, 0, 0.125, 0.25), 1000)).toBe(
    'first_t,last_t,squared_error\n1,250,0.5\n251,500,\n501,750,0.125\n751,1000,0.25\n',
  );
  expect(lossByTimeCsv([1, 2, 3], 10)).toBe('first_t,last_t,squared_error\n1,4,1\n5,7,2\n8,10,3\n');
});
