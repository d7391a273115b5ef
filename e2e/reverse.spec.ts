import { expect, type Locator, type Page, test } from '@playwright/test';
import { digestOf } from './playground';

/** The view of one reverse step as its visitors use it. */
class ReverseStep {
  readonly page: Page;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  async open(): Promise<void> {
    await this.page.goto('/#/reverse');
    await expect(this.step).toBeVisible();
  }

  get step(): Locator {
    return this.page.locator('.reverse-step');
  }

  get time(): Locator {
    return this.page.getByRole('slider', { name: /Steps of noise/ });
  }

  quantity(name: string): Locator {
    return this.page.locator(`[data-quantity="${name}"]`);
  }

  /** The equation of a quantity with its numbers. */
  async worked(name: string): Promise<string> {
    const equation = this.quantity(name).locator('.step-quantity__numbers [role="math"]').first();
    return (await equation.getAttribute('aria-label')) ?? '';
  }

  /** Both sides of that, computed. */
  async sides(name: string): Promise<[number, number]> {
    const [left = '', right = ''] = (await this.worked(name)).replaceAll('−', '-').split(' = ');
    expect(left).toMatch(/^[\d\s.e+()×/-]+$/);
    const source = left.replaceAll('×', '*').replace(/([\d)]) \(/g, '$1 * (');
    return [Number(new Function(`return ${source}`)()), Number(right.split(' cut to ')[0])];
  }

  async number(name: string): Promise<number> {
    const text = (await this.page.locator(`[data-number="${name}"]`).textContent()) ?? '';
    const [mantissa = '', power] = text.split('·10');
    const digits = [...(power ?? '⁰')].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('');
    return Number(mantissa) * 10 ** Number(digits);
  }

  async at(t: number): Promise<void> {
    await expect(this.step).toHaveAttribute('data-t', String(t));
    await expect(this.step).toHaveAttribute('aria-busy', 'false');
  }
}

const equations = ['xt', 'x0', 'posteriorMean', 'meanFromEps', 'meanFromX0', 'spread', 'next'];

test('reverse step: every equation comes out as shown, at any t, pixel and seed', async ({ page }) => {
  const reverse = new ReverseStep(page);
  await reverse.open();
  await reverse.at(300);

  for (const [key, t] of [
    ['PageUp', 310],
    ['End', 1000],
    ['Home', 1],
  ] as const) {
    await reverse.time.press(key);
    await reverse.at(t);
    for (const name of equations) {
      await expect(async () => {
        const [left, right] = await reverse.sides(name);
        expect(Math.abs(left - right), `${name} at t = ${t}`).toBeLessThan(
          2e-3 * Math.max(1, Math.abs(right)),
        );
      }).toPass();
    }
  }
  expect(await reverse.worked('spread'), 'no noise in the last step').toMatch(/^0 ×/);

  await reverse.time.press('PageUp');
  await reverse.at(11);
  const before = await reverse.worked('xt');
  const image = reverse.quantity('x0').getByRole('application');
  await image.press('ArrowUp');
  await expect(image).toHaveAccessibleName(/row 4, column 5/);
  await expect.poll(() => reverse.worked('xt'), { message: 'another pixel, other numbers' }).not.toBe(before);
  await reverse
    .quantity('next')
    .getByRole('application')
    .hover({ position: { x: 2, y: 2 } });
  await expect(image).toHaveAccessibleName(/row 1, column 1/);

  const noised = reverse.quantity('xt').locator('canvas');
  const pixels = await digestOf(noised);
  await page.getByRole('button', { name: 'New noise' }).click();
  await expect(reverse.step).toHaveAttribute('data-seed', '2');
  expect(await digestOf(noised)).not.toEqual(pixels);
  expect(reverse.problems).toEqual([]);
});

test('reverse step: clipping parts both forms of the mean, and the variance is the one chosen', async ({
  page,
}) => {
  const reverse = new ReverseStep(page);
  await reverse.open();
  await reverse.time.press('Home');
  for (let i = 0; i < 5; i++) await reverse.time.press('PageUp');
  await reverse.at(51);
  const rounding = await reverse.number('difference');
  expect(rounding, 'rounding alone').toBeLessThan(1e-4);
  await page.getByRole('switch', { name: /Clip/ }).click();
  await expect
    .poll(() => reverse.number('difference'), { message: 'clipping' })
    .toBeGreaterThan(10 * rounding);
  await expect(reverse.quantity('meanFromX0')).toContainText(/\d+ of 64 values .* were cut/);
  const next = await reverse
    .quantity('next')
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

  await reverse.time.press('Home');
  await reverse.time.press('ArrowRight');
  await reverse.at(2);
  const beta = await reverse.number('variance');
  await page.getByRole('radio', { name: 'β̃t' }).click();
  await expect.poll(() => reverse.number('variance')).toBeLessThan(beta);
  const variance = await reverse.number('variance');
  const worked = reverse
    .quantity('posteriorMean')
    .locator('[data-number="beta-tilde"] .step-quantity__numbers [role="math"]');
  // It is typeset a moment after the numbers.
  await expect
    .poll(async () => Number(((await worked.getAttribute('aria-label')) ?? '').split(' = ')[1]))
    .toBeCloseTo(variance, 6);
  expect(next).not.toBe(
    await reverse
      .quantity('next')
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL()),
  );
  expect(reverse.problems).toEqual([]);
});
