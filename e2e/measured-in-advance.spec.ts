import { expect, type Locator, type Page, test } from '@playwright/test';
import { Playground } from './playground';

const inAdvance = 'Measured in advance, with the default settings';

/** What the progress says, which is also said aloud. */
const saidIn = (part: Locator | Page) => part.locator('.progress-bar__text', { hasText: inAdvance });

async function amountOf(total: Locator): Promise<number> {
  return Number((await total.textContent())?.split('±')[0]);
}

test('bound, metrics and convergence of a pretrained model are there on opening, and can be measured again', async ({
  page,
}) => {
  const { problems } = new Playground(page);
  await page.goto('/#/bound');
  const run = page.locator('.bound-run');
  await expect(saidIn(run)).toBeVisible();
  const total = page.locator('[data-quantity="total"] .quantity-table__value');
  const digits = await amountOf(total);
  expect(digits).toBeGreaterThan(0.5);
  expect(digits).toBeLessThan(Math.log2(17));

  await page.goto('/#/quality');
  await expect(saidIn(page)).toBeVisible();
  await expect(page.locator('[data-quantity="frechet"] [data-of="model"]')).toHaveText(/^\d+\.\d+$/);
  await expect(page.locator('[data-sample]')).toHaveCount(36);

  await page.goto('/#/samplers');
  const convergence = page.getByRole('region', { name: 'Convergence', exact: true });
  await expect(saidIn(convergence)).toBeVisible();
  expect(await convergence.getByRole('row').count()).toBeGreaterThan(10);

  const measure = convergence.getByRole('button', { name: 'Measure', exact: true });
  await measure.click();
  await expect(saidIn(convergence)).toBeHidden();
  await expect(convergence.getByText(/network evaluation [1-9]\d* of/)).toBeVisible();
  await convergence.getByRole('button', { name: 'Stop measuring' }).click();
  expect(problems).toEqual([]);
});
