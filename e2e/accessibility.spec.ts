import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Playground } from './playground';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing overflows: ${theme}, from wide to narrow`, async ({
    page,
    baseURL,
  }, testInfo) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1440, height: 900 });
    const playground = new Playground(page);
    const others: string[] = [];
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http') && host !== new URL(baseURL as string).host) others.push(request.url());
    });
    await playground.open();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: testInfo.outputPath(`page-${width}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, `at ${width} px`).toEqual([]);
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrollWidth).toBeLessThanOrEqual(width);
    }
    expect(others, 'no request to anyone else').toEqual([]);
    expect(playground.problems).toEqual([]);
  });
}

test('everything that trains and samples can be done by keyboard alone', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /Skip to/ })).toBeFocused();
  await playground.train.getByRole('button', { name: 'One step' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => playground.step()).toBe(1);
});
