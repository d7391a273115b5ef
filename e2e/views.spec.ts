import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Playground } from './playground';

/** Numbers below 0 with a hyphen for a minus, in what is to be read or heard; ids and code are no numbers. */
function hyphenedNumbers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!parentElement?.closest('code, pre, style, script, annotation')) texts.push(textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [aria-valuetext]'))
      texts.push(element.getAttribute('aria-label') ?? '', element.getAttribute('aria-valuetext') ?? '');
    return texts.filter((text) => /(^|[\s(=[×·])-[\d.∞]/.test(text));
  });
}

for (const [theme, width] of [
  ['light', 390],
  ['dark', 1024],
] as const) {
  test(`in every view axe finds nothing, and nothing overflows: ${theme}, ${width} px`, async ({
    page,
  }, testInfo) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    const playground = new Playground(page);
    await page.goto('/');
    const navigation = page.getByRole('navigation', { name: 'Views' });
    await navigation.getByRole('button').click();
    const links = navigation.getByRole('link');
    const addresses = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('href') as string),
    );
    expect(addresses.length).toBeGreaterThan(5);
    // The playground has a journey of its own.
    for (const address of addresses.slice(1)) {
      await page.goto(address);
      await expect(page.locator('main .panel').first()).toBeVisible();
      // Until what loads later is there: plots, equations, images.
      await page.waitForLoadState('networkidle');
      await page.screenshot({
        path: testInfo.outputPath(`${address.replace(/\W+/g, '')}.png`),
        fullPage: true,
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${address} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      );
      expect.soft(found).toEqual([]);
      expect.soft(await hyphenedNumbers(page), `${address} has a hyphen for a minus`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(overflow, `${address} is wider than the window`).toBeLessThanOrEqual(width);
    }
    expect(playground.problems).toEqual([]);
  });
}
