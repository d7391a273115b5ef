import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { digestOf, Playground } from './playground';

/** The view of the network's inside as its visitors use it. */
class Network {
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
    await this.page.goto('/#/network');
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.page.locator('.network-block')).toHaveAttribute('data-block', /.+/);
    await this.calm();
  }

  /** Until what was asked last is shown. */
  async calm(): Promise<void> {
    await expect(this.drawing).toHaveAttribute('aria-busy', 'false');
  }

  get drawing(): Locator {
    return this.page.locator('[data-t][data-of]');
  }

  get time(): Locator {
    return this.page.getByRole('slider', { name: /Steps of noise/ });
  }

  get block(): Locator {
    return this.page.locator('.network-block');
  }

  panel(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  box(name: string): Locator {
    return this.page.locator(`.block-box[data-block="${name}"]`);
  }

  async number(name: string): Promise<number> {
    const text = (await this.page.locator(`[data-number="${name}"]`).first().textContent()) ?? '';
    return Number(text.replace('−', '-').replace(' %', '').replaceAll(',', ''));
  }

  async at(t: number): Promise<void> {
    await expect(this.drawing).toHaveAttribute('data-t', String(t));
    await this.calm();
  }

  async opened(block: string): Promise<void> {
    await expect(this.block).toHaveAttribute('data-block', block);
  }

  /** "h = −1.384 + (−0.031) = −1.414", as both sides. */
  async worked(line: number): Promise<[number, number]> {
    const equation = this.page.locator('[data-number="worked"] [role="math"]').nth(line);
    const text = ((await equation.getAttribute('aria-label')) ?? '').replaceAll('−', '-');
    const [, left = '', right = ''] = /^\w = (.*) = (\S+)$/.exec(text) ?? [];
    expect(left).toMatch(/^[-+\d\s.()]+$/);
    return [Number(new Function(`return ${left}`)()), Number(right)];
  }

  async expectWorked(lines: number): Promise<void> {
    await expect(async () => {
      for (let line = 0; line < lines; line++) {
        const [left, right] = await this.worked(line);
        expect(Math.abs(left - right)).toBeLessThan(2e-3);
      }
    }).toPass();
  }
}

test('network: every block is drawn from the config, follows t, and opens with numbers that add up', async ({
  page,
}) => {
  const network = new Network(page);
  await network.open();
  await network.at(300);
  // down.0 … down.2 with attention on the second level, the middle, up.0 … up.4.
  await expect(page.locator('.block-box')).toHaveCount(17);
  await expect(network.box('middle.attn')).toHaveAccessibleName('middle.attn: Attention, 64 × 4×4');
  await expect(page.locator('.drawing-lines__skip')).toHaveCount(4);

  const maps = network.box('down.2.res').locator('canvas');
  const before = await digestOf(maps);
  await network.time.press('PageUp');
  await network.at(310);
  expect(await digestOf(maps), 'other t, other maps').not.toBe(before);

  await network.opened('down.0.res');
  await network.expectWorked(2);
  await network.box('down.0.res').focus();
  for (const name of ['down.1', 'down.2.res', 'down.2.attn']) {
    await page.keyboard.press('ArrowRight');
    await expect(network.box(name)).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await network.opened('down.2.attn');
  await network.expectWorked(1);
  await network.box('up.0.res').click();
  await network.opened('up.0.res');
  await network.expectWorked(2);
  const channels = page.getByRole('listbox', { name: 'Channels of up.0.res' });
  await channels.getByRole('option', { name: /^Channel 7,/ }).click();
  await expect(network.block).toHaveAttribute('data-channel', '6');
  await network.expectWorked(2);
  const products = await page.locator('.products tbody td:nth-child(4)').allTextContents();
  expect(products).toHaveLength(16);
  const listed = products.reduce((sum, text) => sum + Number(text.replace('−', '-')), 0);
  const sum = listed + (await network.number('rest')) + (await network.number('bias'));
  expect(Math.abs(sum - (await network.number('sum')))).toBeLessThan(0.02);
  await expect(page.locator('.products caption')).toContainText('1,152 products');

  await page.getByRole('radio', { name: 'Spread' }).click();
  const first = channels.getByRole('option').first();
  const spreads = await channels
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => Number(/spread ([\d.]+)/.exec(one.ariaLabel ?? '')?.[1])));
  expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
  await expect(first).toHaveAccessibleName(/spread/);

  await page.getByText('The blocks in numbers').click();
  await expect(page.locator('.blocks-table tbody tr')).toHaveCount(17);
  await expect(page.locator('.blocks-table [data-block="up.0.res"]')).toContainText('down.2.attn');
  expect(network.problems).toEqual([]);
});

test('network: what is chosen can be undone, stays over a reload, and goes with a link', async ({
  page,
  browser,
  baseURL,
}) => {
  const network = new Network(page);
  await network.open();
  await network.box('middle.res2').click();
  await network.opened('middle.res2');
  await network.time.press('End');
  await network.at(1000);
  await page.keyboard.press('Control+z');
  await network.at(300);
  await page.keyboard.press('Control+z');
  await network.opened('down.0.res');
  await page.keyboard.press('Control+Shift+z');
  await network.opened('middle.res2');
  await page.getByRole('switch', { name: 'Time embedding' }).click();
  await expect(page.locator('.broken')).toHaveAttribute('data-changes', '1');

  await page.reload();
  await network.ready();
  await network.opened('middle.res2');
  await expect(page.getByRole('switch', { name: 'Time embedding' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: /^This view/ }).inputValue();
  const context = await browser.newContext({ serviceWorkers: 'block', ...(baseURL && { baseURL }) });
  const visitor = new Network(await context.newPage());
  await visitor.page.goto(link);
  await visitor.ready();
  await visitor.opened('middle.res2');
  await expect(visitor.page.getByRole('switch', { name: 'Time embedding' })).not.toBeChecked();
  await context.close();
  expect(network.problems).toEqual([]);
});

test('network: attention and the gradient follow the pixel that is pointed at', async ({ page }) => {
  const network = new Network(page);
  await network.open();
  const attention = network.panel('Attention');
  const figure = attention.locator('[data-block="middle.attn"]');
  const image = figure.getByRole('application');
  await expect(image).toHaveAccessibleName(/row 4, column 5/);
  const overlay = figure.locator('.map-overlay');
  const before = await digestOf(overlay);
  for (let i = 0; i < 3; i++) await image.press('ArrowLeft');
  await expect(image).toHaveAccessibleName(/row 4, column 2/);
  await expect(attention.locator('[data-pixel="4 2"]')).toBeVisible();
  expect(await digestOf(overlay), 'another pixel looks elsewhere').not.toBe(before);
  await expect(figure).toContainText('from (2, 1) of 4 × 4');
  await attention.getByRole('radio', { name: 'Features' }).click();

  const gradient = network.panel('What decides this pixel?');
  const near = gradient.locator('figure').first();
  const noisy = gradient.locator('figure').last();
  await expect(noisy.getByRole('application')).toHaveAccessibleName(/row 4, column 2/);
  const count = async (figure: Locator) =>
    Number(await figure.locator('[data-number="pixels"]').textContent());
  expect(await count(noisy), 'in pure noise a pixel of ε̂ is the pixel itself').toBeLessThan(
    await count(near),
  );
  const field = await digestOf(near.locator('.map-overlay'));
  await gradient.getByRole('radio', { name: 'Image x̂₀' }).click();
  await expect(gradient.locator('[data-of="x0"]')).toBeVisible();
  expect(await digestOf(near.locator('.map-overlay'))).not.toBe(field);
  expect(network.problems).toEqual([]);
});

test('network: a part that is switched off changes prediction, samples and errors', async ({ page }) => {
  const network = new Network(page);
  await network.open();
  const compare = page.getByRole('button', { name: 'Compare samples and errors' });
  await expect(compare).toBeDisabled();
  const whole = await network.number('error-broken');
  expect(whole).toBe(await network.number('error-unbroken'));
  await page.getByRole('switch', { name: 'down.0.res → up.3.res' }).click();
  await expect(page.locator('.broken-prediction')).toHaveAttribute('data-changes', '1');
  expect(await network.number('error-unbroken')).toBe(whole);
  expect(await network.number('error-broken')).toBeGreaterThan(whole);
  await expect(page.locator('.drawing-lines__skip[data-off]')).toHaveCount(1);

  await compare.click();
  await expect(page.locator('.broken-errors')).toHaveAttribute('data-times', '10');
  expect(await network.number('mean-broken')).toBeGreaterThan(await network.number('mean-unbroken'));
  const samples = (version: string) => digestOf(page.locator(`[data-version="${version}"] canvas`));
  expect(await samples('broken')).not.toBe(await samples('unbroken'));

  await page.getByRole('spinbutton', { name: 'Added value' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('channel 1 of down.0.res: +2');
  await page.getByRole('button', { name: 'Restore the network' }).click();
  await expect(page.locator('.broken-prediction')).toHaveAttribute('data-changes', '0');
  await expect.poll(() => network.number('error-broken')).toBe(whole);
  expect(network.problems).toEqual([]);
});

test('network: a stored checkpoint is looked into, and the model in training stays as it is', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  await playground.visit('/#/models');
  const shelf = page.getByRole('region', { name: 'Checkpoints', exact: true });
  await shelf.getByRole('textbox', { name: 'Name' }).fill('After one step');
  await shelf.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved “After one step”')).toBeVisible();

  const network = new Network(page);
  await network.open();
  const maps = network.box('up.4.res').locator('canvas');
  await page.getByRole('radio', { name: 'Yours' }).click();
  await network.calm();
  const own = await digestOf(maps);
  await page.getByRole('radio', { name: 'Pretrained' }).click();
  await expect.poll(() => digestOf(maps)).not.toBe(own);
  await page.getByRole('combobox', { name: 'Checkpoint' }).click();
  await page.getByRole('option', { name: /^After one step/ }).click();
  await expect(network.panel('Network').locator('[data-checkpoint]')).toContainText('after 1 training step');
  // The weights of the checkpoint are those of the model as it was saved.
  await expect.poll(() => digestOf(maps)).toBe(own);
  await page.keyboard.press('Control+z');
  await expect.poll(() => digestOf(maps)).not.toBe(own);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => digestOf(maps)).toBe(own);
  await page.reload();
  await network.ready();
  await expect(network.panel('Network').locator('[data-checkpoint]')).toContainText('After one step');
  expect(network.problems).toEqual([]);
});

test('network: the maps follow a model while it learns', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.startButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(5);
  await playground.switchToOwn();
  const network = new Network(page);
  // It is never calm: each step brings another model.
  await playground.visit('/#/network');
  const maps = network.box('up.4.res').locator('canvas');
  await expect(maps).toBeVisible();
  for (let changes = 0; changes < 3; changes++) {
    const before = await digestOf(maps);
    await expect.poll(() => digestOf(maps)).not.toBe(before);
  }
  expect(network.problems).toEqual([]);
});

test('network: the health of every layer is shown while a model trains, once that is switched on', async ({
  page,
}) => {
  const network = new Network(page);
  await network.open();
  const panel = network.panel('Health while training');
  await expect(panel).toContainText('Switch on the measurement and train a model.');
  await panel.getByRole('switch', { name: 'Measure health' }).click();
  await panel.getByRole('button', { name: /^Start training/ }).click();
  const health = panel.locator('.health');
  await expect.poll(async () => Number(await health.getAttribute('data-measured'))).toBeGreaterThan(0);
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.locator('.train-status')).toHaveAttribute('data-status', 'paused');
  await expect(panel.locator('[data-number="health-share"]')).toHaveText(/^[\d.]+ %$/);
  const strip = panel.locator('.heat-strip__canvas');
  const ratios = await digestOf(strip);
  await panel.getByRole('radio', { name: 'Gradients' }).click();
  expect(await digestOf(strip)).not.toBe(ratios);
  await strip.hover();
  await expect(panel.locator('.heat-strip__reading')).toHaveText(/^[\w.]+ at step [\d,]+: .*\d/);
  await panel.getByText('The layers in numbers').click();
  // Of the 64 layers of the digits model those that learn: all but the norms of four attention blocks.
  await expect(panel.locator('[data-layer]')).toHaveCount(60);
  expect(network.problems).toEqual([]);
});

for (const [theme, width] of [
  ['light', 390],
  ['dark', 1024],
] as const) {
  test(`network: axe finds nothing in it, and nothing overflows: ${theme}, ${width} px`, async ({
    page,
  }, testInfo) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    const network = new Network(page);
    await network.open();
    await page.getByText('The blocks in numbers').click();
    await page.getByRole('switch', { name: 'middle.attn' }).click();
    await network.calm();
    await page.screenshot({ path: testInfo.outputPath('network.png'), fullPage: true });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
