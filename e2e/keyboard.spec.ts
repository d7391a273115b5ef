import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { shortcuts } from '../src/ui/keyboard/shortcuts';
import { Playground } from './playground';

test('settings are taken back and brought back, by name, a drag as one', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const undo = page.getByRole('banner').getByRole('button', { name: /undo/i });
  const redo = page.getByRole('banner').getByRole('button', { name: /redo/i });
  await expect(undo).toHaveAccessibleName('Nothing to undo');

  const slider = playground.forward.getByRole('slider', { name: /steps of noise/i });
  const t = await slider.getAttribute('aria-valuenow');
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (!box) throw new Error('There is no slider.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + box.height / 2, { steps: 12 });
  await page.mouse.up();
  await expect(slider).not.toHaveAttribute('aria-valuenow', t as string);
  const dragged = await slider.getAttribute('aria-valuenow');

  // In a field whose number is taken nothing is typed any more: Ctrl+Z is the page's.
  await playground.field('Batch').fill('16');
  await playground.field('Batch').press('Enter');
  await expect(undo).toHaveAccessibleName(/^Undo: Batch/);
  await page.keyboard.press('Control+z');
  await expect(playground.field('Batch')).toHaveValue('64');
  await expect(page.getByRole('status').filter({ hasText: 'Undone: Batch size, now 64' })).toHaveCount(1);
  await page.keyboard.press('Control+Shift+Z');
  await expect(playground.field('Batch')).toHaveValue('16');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await expect(playground.field('Batch')).toHaveValue('16');
  // While one types it is the field's.
  await playground.field('Batch').fill('99');
  await page.keyboard.press('Control+z');
  await expect(undo).toHaveAccessibleName(/^Undo: Batch/);
  await playground.field('Batch').press('Escape');

  await playground.data.getByRole('radio', { name: /Shapes/ }).click();
  await expect(undo).toHaveAccessibleName(/^Undo: Data set/);
  await undo.click();
  await expect(playground.data.getByRole('radio', { name: /Digits/ })).toBeChecked();
  await expect(playground.field('Batch')).toHaveValue('16');
  await undo.click();
  await expect(playground.field('Batch')).toHaveValue('64');
  await expect(undo).toHaveAccessibleName(/^Undo: Steps of noise/);
  await expect(slider).toHaveAttribute('aria-valuenow', dragged as string);
  await page.goto('/#/bound');
  await undo.click();
  await page.getByRole('link', { name: 'Show in Playground' }).click();
  await expect(slider).toHaveAttribute('aria-valuenow', t as string);
  await expect(undo).toHaveAccessibleName('Nothing to undo');
  await expect(redo).toHaveAccessibleName(/^Redo: Steps of noise/);
  expect(playground.problems).toEqual([]);
});

test('taking back what a new model would need keeps the trained one', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  await expect(playground.status).toHaveAttribute('data-status', 'paused');
  const waiting = playground.train.locator('[data-waiting]');
  await playground.type('Diffusion steps', '300');
  await expect(waiting).toBeVisible();
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Undo: Diffusion steps/ })
    .click();
  await expect(waiting).toHaveCount(0);
  expect(await playground.step()).toBe(1);
});

test('keys do what their list says, and nothing while one types', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  for (const { title } of Object.values(shortcuts))
    await expect(help.getByRole('heading', { name: title, exact: true })).toHaveCount(1);
  const list = help.getByRole('region', { name: 'Keys by place' });
  await expect(list).toBeFocused();
  expect(await list.evaluate((box) => box.scrollWidth - box.clientWidth), 'all of it below').toBe(0);
  const { violations } = await new AxeBuilder({ page }).include('.keyboard-help').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(page.locator('main'), 'not within a dialog').toHaveAttribute('data-view', 'playground');

  const slider = playground.forward.getByRole('slider', { name: /steps of noise/i });
  const time = async () => Number(await slider.getAttribute('aria-valuenow'));
  const t = await time();
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await page.keyboard.press(',');
  expect(await time()).toBe(t + 1);
  await slider.press('PageUp');
  expect(await time()).toBe(t + 11);
  await slider.press('Shift+ArrowLeft');
  expect(await time()).toBe(t + 1);
  await slider.press('Home');
  expect(await time()).toBe(0);

  const theme = page.locator('html');
  const before = await theme.getAttribute('data-theme');
  await page.keyboard.press('d');
  await expect(theme).not.toHaveAttribute('data-theme', before as string);
  await page.keyboard.press('s');
  await expect(page.getByRole('textbox', { name: /^This view/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await page.keyboard.press('p');
  await expect(playground.status).toHaveAttribute('data-status', 'paused');

  await playground.field('Batch').fill('n?d');
  await expect(help).toHaveCount(0);
  await expect(page.locator('main')).toHaveAttribute('data-view', 'playground');
  await playground.field('Batch').press('Escape');
  await playground.train.getByRole('button', { name: 'One step' }).focus();
  await page.keyboard.press('n');
  await expect(page.locator('main')).toHaveAttribute('data-view', 'experiments');
  await page.keyboard.press('b');
  await expect(page.locator('main')).toHaveAttribute('data-view', 'playground');

  await page.getByRole('button', { name: 'Keyboard (?)' }).click();
  await help.getByRole('switch').click();
  await page.keyboard.press('Escape');
  await page.reload();
  await playground.ready();
  await page.keyboard.press('n');
  await expect(page.locator('main'), 'letters are off').toHaveAttribute('data-view', 'playground');
  await playground.field('Batch').fill('32');
  await playground.field('Batch').press('Enter');
  await page.keyboard.press('Control+z');
  await expect(playground.field('Batch'), 'with Ctrl they stay').toHaveValue('64');
  expect(playground.problems).toEqual([]);
});
