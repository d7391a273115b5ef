import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('the profile tells where a training step goes, and leaves the model alone', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const { train } = playground;
  await playground.type('Batch', '16');
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);

  const profile = train.getByRole('region', { name: 'Where a training step goes' });
  await profile.getByRole('button', { name: 'Measure' }).click();
  await expect(profile.getByRole('table')).toBeVisible();
  const rows = await profile
    .getByRole('row')
    .evaluateAll((elements) =>
      elements.map((row) => [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent ?? '')),
    );
  const [head, ...kinds] = rows as [string[], ...string[][]];
  const column = (name: string) =>
    kinds.map((cells) => Number.parseFloat((cells[head.indexOf(name)] ?? '').replaceAll(',', '')) || 0);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  expect(sum(column('Share'))).toBeGreaterThan(90);
  expect(sum(column('Share'))).toBeLessThan(110);
  const dispatches = await profile.getByText('Dispatches').first().locator('..').locator('dd').textContent();
  expect(sum(column('Dispatches'))).toBe(Number.parseInt((dispatches ?? '').replaceAll(',', ''), 10));
  const convolution = kinds.find(([name]) => name?.startsWith('Convolutions'));
  expect(Number.parseFloat(convolution?.[head.indexOf('Of peak')] ?? '')).toBeGreaterThan(5);
  await expect(profile.getByText(/GFLOP a step; peak .* GFLOP\/s/)).toBeVisible();
  await expect(profile.getByText(/at most; .* between steps, .* tensors/)).toBeVisible();

  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(2);
  await playground.startButton.click();
  await expect(profile.getByRole('button', { name: /^Measure/ })).toBeDisabled();
  await expect(profile.getByText('Pause training to measure a step by itself.')).toBeVisible();
  await playground.pause();
  expect(playground.problems).toEqual([]);
});
