import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('an experiment sets the page, says what to do, and its result is shared with its card', async ({
  page,
  browser,
  baseURL,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Experiments' }).click();
  const experiments = page.getByRole('region', { name: 'Experiments' });
  await expect(experiments.getByRole('listitem')).toHaveCount(14);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await experiments.getByRole('link', { name: 'Ten steps: DDPM or DDIM' }).click();
  const guide = page.getByRole('complementary', { name: 'Ten steps: DDPM or DDIM' });
  await expect(guide.getByText('Which sampler draws digits in only ten steps?')).toBeVisible();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('combobox', { name: 'Sampler' }).first()).toHaveText('DDPM');
  await expect(comparison.getByText('Both are finished')).toBeAttached();
  await expect(guide.getByText(/^DDIM draws digits in ten steps/)).toHaveCount(0);
  await guide.getByRole('button', { name: 'What it shows' }).click();
  await expect(guide.getByText(/^DDIM draws digits in ten steps/)).toBeVisible();

  // The result is what the page shows now.
  const seed = comparison.getByRole('spinbutton', { name: 'Seed' });
  await seed.fill('5');
  await seed.press('Enter');
  await guide.getByRole('button', { name: 'Share the result' }).click();
  const link = await page.getByRole('textbox', { name: /^This view/ }).inputValue();
  const other = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  const receiver = await other.newPage();
  await receiver.goto(link);
  await expect(receiver.getByRole('complementary', { name: 'Ten steps: DDPM or DDIM' })).toBeVisible();
  await expect(
    receiver.getByRole('region', { name: 'Comparison' }).getByRole('spinbutton', { name: 'Seed' }),
  ).toHaveValue('5');
  await other.close();

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect(guide).toHaveCount(0);
  await expect(comparison.getByRole('combobox', { name: 'Sampler' }).first()).toHaveText('DDIM');
  expect(playground.problems).toEqual([]);
});

test('a second experiment leads back to the visitor’s own settings; the browser goes back to the cards', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Batch', '16');
  for (const name of ['A process of T = 50 steps', 'A learning rate too high']) {
    await page.getByRole('link', { name: 'Experiments' }).first().click();
    await page.getByRole('link', { name }).click();
    await expect(page.getByRole('complementary', { name })).toBeVisible();
    await expect(playground.field('Batch')).toHaveValue('64');
  }
  await expect(playground.field('Learning rate')).toHaveValue('0.1');
  await expect(playground.field('Diffusion steps')).toHaveValue('1000');
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Experiments' })).toBeVisible();
  await page.goForward();
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect(playground.field('Batch')).toHaveValue('16');
  expect(playground.problems).toEqual([]);
});
