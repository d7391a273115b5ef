import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseModelConfig } from '../src/engine/unet/config';
import { measureIssue } from './issue';

const config = parseModelConfig(JSON.parse(readFileSync(new URL('tiny.json', import.meta.url), 'utf8')));
const hasDawn = await import('webgpu').then(
  () => true,
  () => false,
);

test.skipIf(!hasDawn)('issue times are taken of every dispatch of a step, on the null backend', async () => {
  const subjects = [{ name: 'tiny', config, batchSize: 2 }];
  const [step, pass] = await measureIssue(subjects, { runs: 1, budgetMs: 1 }, () => {});
  // A layer has a dispatch forward, and most have two backward.
  expect(pass?.dispatches).toBeGreaterThan(40);
  expect(step?.dispatches).toBeGreaterThan(2 * (pass?.dispatches as number));
  for (const point of [step, pass]) {
    expect(point?.issueMs.count).toBeGreaterThan(0);
    expect(point?.bareMs.median).toBeGreaterThan(0);
  }
});
