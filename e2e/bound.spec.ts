import { expect, type Page, test } from '@playwright/test';
import { Playground } from './playground';

function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

async function amount(page: Page, id: string): Promise<number> {
  const text = await page.locator(`[data-quantity="${id}"] .quantity-table__value`).textContent();
  return Number(text?.split('±')[0]);
}

test('bound: the pretrained model over few t, in bits and in nats', async ({ page }) => {
  const problems = problemsOf(page);
  await page.goto('/#/bound');
  const measure = page.getByRole('button', { name: 'Measure' });
  await expect(measure).toBeEnabled();
  const type = async (name: RegExp, value: string) => {
    await page.getByRole('spinbutton', { name }).fill(value);
    await page.getByRole('spinbutton', { name }).press('Tab');
  };
  await type(/^Timesteps evaluated/, '12');
  await type(/^Images/, '16');
  await measure.click();
  await expect(page.locator('.bound-run')).toHaveAttribute('data-status', 'finished');
  await expect(page.locator('[data-asked="13"]')).toContainText('t = 1, 2');

  const [prior, steps, decoder, total] = await Promise.all(
    ['prior', 'steps', 'decoder', 'total'].map((id) => amount(page, id)),
  );
  expect(total).toBeCloseTo((prior as number) + (steps as number) + (decoder as number), 3);
  expect(prior, 'next to nothing of the image is left in x_T').toBeLessThan(0.001);
  expect(total, 'better than naming one of 17 levels blindly').toBeLessThan(Math.log2(17));
  expect(total, 'no model knows handwriting to the bit').toBeGreaterThan(0.5);

  await page.getByRole('radio', { name: 'Nats' }).click();
  expect(await amount(page, 'total')).toBeCloseTo((total as number) * Math.LN2, 3);
  await page.getByRole('radio', { name: 'Bits' }).click();

  await page.getByRole('button', { name: 'New noise' }).click();
  await type(/^Timesteps evaluated/, '999');
  await type(/^Images/, '256');
  await measure.click();
  await expect(page.locator('.bound-run')).toContainText('left');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('.bound-run')).toHaveAttribute('data-status', 'stopped');
  expect(problems).toEqual([]);
});

test('training with min-SNR: the error by t is drawn live, and the loss is the weighted one', async ({
  page,
}) => {
  const problems = problemsOf(page);
  const playground = new Playground(page);
  await playground.open();
  const { train } = playground;
  await train.getByRole('combobox', { name: /^Loss weight/ }).click();
  await page.getByRole('option', { name: /Min-SNR/ }).click();
  await expect(playground.field('Largest SNR')).toHaveValue('5');
  await playground.type('Largest SNR', '2');
  await playground.type('Training steps', '30');
  const figure = train.locator('.loss-by-time');
  await expect(figure).toHaveAttribute('data-bins', '0');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  await expect(figure, 'every stretch of t was met').toHaveAttribute('data-bins', '20');
  // Errors of ε are about 1 at first; with γ = 2 most t of little noise hardly count.
  expect(await playground.loss()).toBeLessThan(0.9);

  await page.reload();
  await expect(playground.badge).toHaveAttribute('data-backend', /.+/);
  await expect(
    train.getByRole('combobox', { name: /^Loss weight/ }),
    'kept for the next visit',
  ).toContainText('Min-SNR');
  await expect(playground.field('Largest SNR')).toHaveValue('2');
  await page.getByRole('link', { name: 'Bound' }).click();
  await expect(page.getByRole('region', { name: 'Training error by t' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a learned variance: trained, then chosen in Bound, in a reverse step and in sampling', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const { train } = playground;
  await train.getByRole('switch', { name: /^Learned variance/ }).click();
  await playground.type('Training steps', '12');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');

  await page.goto('/#/bound');
  const learned = page.getByRole('radio', { name: 'learned' });
  await page.getByRole('radio', { name: 'Pretrained' }).click();
  await expect(learned, 'the pretrained model has learned none').toHaveCount(0);
  await page.getByRole('radio', { name: 'Yours' }).click();
  await learned.click();
  await page.getByRole('spinbutton', { name: /^Timesteps evaluated/ }).fill('6');
  await page.getByRole('spinbutton', { name: /^Images/ }).fill('8');
  await page.getByRole('spinbutton', { name: /^Images/ }).press('Tab');
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(page.locator('.bound-run')).toHaveAttribute('data-status', 'finished');
  expect(await amount(page, 'total')).toBeGreaterThan(0.5);

  await page.goto('/#/reverse');
  await page.getByRole('radio', { name: 'learned' }).click();
  await expect(page.getByText(/which the model has learned for this value: between β̃/)).toBeVisible();
  const variance = Number(await page.locator('[data-number="variance"]').textContent());
  expect(variance).toBeGreaterThan(0);

  await page.goto('/#/playground');
  const { sample } = playground;
  await sample.getByRole('combobox', { name: /^Sampler/ }).click();
  await page.getByRole('option', { name: /^DDPM/ }).click();
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('4');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('radio', { name: 'learned' }).click();
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.locator('.sample')).toHaveAttribute('data-status', 'finished');
  expect(playground.problems).toEqual([]);
});
