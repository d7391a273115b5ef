import { expect, test } from 'vitest';
import { madeRun } from '../testing/madeRun';
import { comparisonFile, curvesCsv, curvesJsonLines, readComparison } from './files';

const run = madeRun(
  { name: 'Slow, "small"' },
  {
    losses: {
      before: 0,
      end: 5,
      interval: 2,
      mean: [3, Number.NaN, 1],
      least: [2, Number.NaN, 1],
      greatest: [4, Number.NaN, 1],
    },
    heldOut: [{ step: 3, loss: 0.5 }],
    times: [
      { step: 0, seconds: 0 },
      { step: 5, seconds: 10 },
    ],
    samples: [{ step: 4, count: 1, size: 1, channels: 3, images: 'AAAA' }],
  },
);

test('a comparison comes back from its file as it was', () => {
  const back = readComparison(comparisonFile([run, madeRun({ id: 'b' })]));
  expect(back).toEqual([run, madeRun({ id: 'b' })]);
});

test('a file that is none says why', () => {
  expect(() => readComparison('{"a"')).toThrow('no JSON');
  expect(() => readComparison('{"format":"x"}')).toThrow('it is no comparison of this page.');
  expect(() => readComparison(comparisonFile([run]).replace('"version":1', '"version":2'))).toThrow(
    'later version',
  );
  expect(() => readComparison(comparisonFile([run]).replace('"AAAA"', '"AAA"'))).toThrow('cut off');
  expect(() => readComparison(comparisonFile([run]).replace('"nChannels":32', '"nChannels":33'))).toThrow(
    'its model cannot be built',
  );
  expect(() => readComparison(comparisonFile([run]).replace('"colour":0', '"colour":9'))).toThrow(
    'facts.colour',
  );
});

test('curves as CSV, each at the last step of its interval', () => {
  expect(curvesCsv([run])).toBe(
    [
      'run,step,images,seconds,loss,least,greatest,held_out',
      '"Slow, ""small""",2,128,4,3,2,4,',
      '"Slow, ""small""",3,192,6,,,,0.5',
      '"Slow, ""small""",4,256,8,,,,',
      '"Slow, ""small""",5,320,10,1,1,1,',
      '',
    ].join('\n'),
  );
  expect(curvesCsv([madeRun({ name: '=1+1' })])).toContain("'=1+1,1");
});

test('curves as JSON Lines', () => {
  const lines = curvesJsonLines([run])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[1]).toEqual({ run: 'Slow, "small"', step: 3, images: 192, seconds: 6, held_out: 0.5 });
});
