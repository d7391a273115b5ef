import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('bad input is answered at its control, and loses nothing that was trained', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const { train } = playground;
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);

  const refused = async (name: string, text: string, message: RegExp) => {
    await playground.type(name, text);
    await expect(playground.field(name)).toHaveAttribute('aria-invalid', 'true');
    await expect(train.getByRole('alert').filter({ hasText: message })).toBeVisible();
  };
  await refused('Learning rate', 'NaN', /not a number/);
  await expect(playground.startButton).toBeDisabled();
  await refused('Learning rate', '0', /above 0|at least/i);
  await playground.type('Learning rate', '0.002');
  await refused('Batch', '1613', /1,?612/);
  await expect(playground.startButton).toBeDisabled();
  await playground.type('Batch', '16');
  await refused('Diffusion steps', '1', /2/);
  await playground.type('Diffusion steps', '1000');
  await refused('Channels', '36', /groups/);
  await playground.type('Channels', '32');
  await expect(playground.startButton).toBeEnabled();

  await playground.type('Channels', '1024');
  await expect(train.getByText(/takes about .* and there are/)).toBeVisible();
  await playground.type('Channels', '32');
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(2);
  expect(playground.problems).toEqual([]);
});

test('a rate far too high ends in sound weights and a message', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Batch', '4');
  await playground.type('Learning rate', '1');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'diverged');
  await expect(
    playground.train.getByText(
      /The loss of step \d+ is (NaN|Infinity): .* The weights of step \d+ are kept\./,
    ),
  ).toBeVisible();
  const kept = await playground.step();
  await playground.type('Learning rate', '0.002');
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(kept + 1);
  await expect(playground.status).toHaveAttribute('data-status', 'paused');
  expect(await playground.loss()).toBeLessThan(5);
  expect(playground.problems).toEqual([]);
});
