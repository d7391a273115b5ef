import { expect, test } from '@playwright/test';
import { Playground, pixelsOf } from './playground';

/** Card, facts in the text below, classes with the images of each, and one of them. */
const sets = [
  {
    card: /^Emoji 3,900 · 16×16 RGB/,
    about: /Noto Emoji.*CC BY 4\.0/,
    classes: 13,
    each: 300,
    picked: 'Heart',
  },
  {
    card: /^Emoji 32 3,900 · 32×32 RGB/,
    about: /Noto Emoji.*CC BY 4\.0/,
    classes: 13,
    each: 300,
    picked: 'Clock',
  },
  {
    card: /^Glyphs 10,764 · 16×16 grey/,
    about: /SIL Open Font License/,
    classes: 26,
    each: 414,
    picked: 'Q',
  },
];

for (const { card, about, classes, each, picked } of sets) {
  test(`${picked} is looked at and learned: a data set that loads when it is chosen`, async ({ page }) => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url().split('/').at(-1) as string));
    const playground = new Playground(page);
    await playground.open();
    const { data, forward } = playground;
    expect(loaded.filter((name) => name.endsWith('.zip'))).toEqual(['digits.zip']);

    await data.getByRole('radio', { name: card }).click();
    await expect(data.getByText(about)).toBeVisible();
    await expect(data.getByRole('button', { name: new RegExp(` ${each}$`) })).toHaveCount(classes);
    await data.getByRole('button', { name: `${picked} ${each}`, exact: true }).click();
    await expect(data.getByText(`1–48 of ${each}`)).toBeVisible();
    await data
      .getByRole('radiogroup')
      .or(data.getByRole('listbox'))
      .last()
      .getByRole('option')
      .nth(2)
      .click();
    await expect(forward.getByText(`the example: ${picked}`)).toBeVisible();
    await forward.getByRole('slider').press('Home');
    const values = await pixelsOf(forward.locator('.forward-term canvas').first());
    const colours = values.filter((_, i) => i % 4 !== 3);
    expect(Math.max(...colours) - Math.min(...colours), 'an image, not a plain square').toBeGreaterThan(100);

    await playground.startButton.click();
    await expect.poll(() => playground.step()).toBeGreaterThan(1);
    await playground.pause();
    expect(await playground.loss()).toBeGreaterThan(0);
    expect(playground.problems).toEqual([]);
  });
}
