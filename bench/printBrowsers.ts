import type { BrowserSpeed } from './browserSpeeds';
import { type Format, milliseconds, quartiles } from './print';
import { table } from './table';

/** A line for each model in each browser, with its times against those of the first browser, and what they ran on. */
export function printBrowsers(speeds: BrowserSpeed[], format: Format): string {
  const [first] = speeds as [BrowserSpeed];
  const times = `times ${first.platform.split(' ')[0]}`;
  const header = ['model', 'batch', 'browser', 'threads', 'turns'];
  for (const step of ['train step', 'forward']) header.push(step, 'quartiles', times);
  const lines = speeds.map((speed) => {
    const { name, batchSize, platform, threads, trainStep } = speed;
    const line = [name, String(batchSize), platform, String(threads), String(trainStep.count)];
    for (const step of ['trainStep', 'forward'] as const) {
      const { median, low, high, ratio } = speed[step];
      line.push(milliseconds(median), quartiles([low, high]), ratio.toFixed(2));
    }
    return line;
  });
  const devices = new Set(
    speeds.map(({ platform, backend, device }) => `${platform}: ${backend}, ${device}`),
  );
  return `Median milliseconds in browsers that took turns\n\n${table(header, lines, format)}\n\n${[...devices].join('\n')}\n`;
}
