import { expect, test } from '@playwright/test';
import { trainedTiny } from './engine';
import { room } from './injectedFaults';
import { ModelsPage } from './modelsPage';
import { OwnData } from './ownData';

/** 600 grey images of 32×32 as a CSV: some 600 KB to store. */
function images(): Buffer {
  const row = (i: number) => [i % 2, ...Array.from({ length: 1024 }, (_, j) => (i * 37 + j * 11) % 256)];
  return Buffer.from(Array.from({ length: 600 }, (_, i) => row(i).join()).join('\n'));
}

test('a browser without room refuses a save, a checkpoint and a data set; nothing is lost, and with room all come', async ({
  page,
}) => {
  const own = new OwnData(page);
  const { playground } = own;
  await playground.open();
  await trainedTiny(playground);
  const models = new ModelsPage(page);
  await models.show();
  await models.save('Before');
  await models.playground();

  // Less than it has: how much of that its database would free first is not for sure.
  await room(page, 1000);
  // Chromium asks how much room there is every half minute.
  const refusal = playground.train.getByText(/could not be saved in this browser \(.*\): it is lost when/);
  await expect(async () => {
    await playground.train.getByRole('button', { name: 'One step' }).click();
    await expect(refusal).toBeVisible({ timeout: 1000 });
  }).toPass();
  const saved = (await playground.step()) - 1;
  await page.reload();
  await playground.ready();
  await expect.poll(() => playground.step(), { message: 'what was saved before stays' }).toBe(saved);

  await models.show();
  await models.checkpoints.getByRole('textbox', { name: 'Name' }).fill('Later');
  await models.checkpoints.getByRole('button', { name: 'Save' }).click();
  await expect(models.message).toContainText('no more room');
  await expect(models.message).toContainText('Nothing was changed.');
  expect(await models.names).toEqual(['Before']);
  await models.playground();

  await own.open();
  await own.pick([{ name: 'many.csv', bytes: images() }]);
  await expect(own.dialog.getByText('600 images')).toBeVisible();
  await own.dialog.getByRole('button', { name: 'Save and use it' }).click();
  await expect(
    own.dialog.getByText(/“many” could not be stored in this browser \(.*Make room/),
  ).toBeVisible();

  // With room again all of it works, with what is still there.
  await room(page, null);
  await own.save();
  await expect(own.card('many')).toBeChecked();
  await models.show();
  await models.save('Later');
  expect(await models.names).toEqual(['Later', 'Before']);
  await models.playground();
  await own.card('Digits').click();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(saved + 1);
  await expect(playground.status).toHaveAttribute('data-status', 'paused');
  await page.reload();
  await playground.ready();
  await expect.poll(() => playground.step()).toBe(saved + 1);
  await expect(own.card('many')).toBeVisible();
  expect(playground.problems).toEqual([]);
});
