import { expect, type Page, test } from '@playwright/test';
import { newestSave } from './autosaves';
import { tinyModel, trainTo } from './engine';
import { OwnData } from './ownData';
import { Playground } from './playground';
import { stripes } from './stripes';

/** A tiny model that trains on in the background of the test. */
async function training(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  await playground.type('Training steps', '1000000');
  await trainTo(playground, 5);
  return playground;
}

/** It still takes steps, and pauses. */
async function trainsOn(playground: Playground): Promise<void> {
  const before = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(before);
  await playground.pause();
}

test('a network that comes and goes leaves a run alone', async ({ page, context }) => {
  const playground = await training(page);
  for (let i = 0; i < 3; i++) {
    await context.setOffline(true);
    const before = await playground.step();
    await expect.poll(() => playground.step()).toBeGreaterThan(before);
    await context.setOffline(false);
  }
  await page.getByRole('link', { name: 'Bound', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Bound', exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await trainsOn(playground);
  expect(playground.problems).toEqual([]);
});

test('a clock that is set, forward by a day and back by two, leaves a run and its saves alone', async ({
  page,
}) => {
  await page.clock.install();
  const playground = await training(page);
  for (const days of [1, -1]) {
    await page.clock.setSystemTime(Date.now() + days * 86_400_000);
    const saved = async () => (await newestSave(page))?.step ?? 0;
    const before = await playground.step();
    await expect.poll(saved).toBeGreaterThan(before);
  }
  await expect(page.getByRole('alert', { name: 'The engine seems to be stuck' })).toBeHidden();
  await trainsOn(playground);
  expect(playground.problems).toEqual([]);
});

test('a data set that another tab deletes stays with the run that learns it, and can be brought back', async ({
  page,
  context,
}) => {
  const own = new OwnData(page);
  await own.playground.open();
  await own.open();
  await own.drop([{ name: 'stripes.zip', bytes: stripes(40) }]);
  await own.save();
  await tinyModel(own.playground);
  await own.playground.type('Training steps', '1000000');
  await trainTo(own.playground, 5);

  const other = new OwnData(await context.newPage());
  await other.playground.open();
  await other.card('stripes').click();
  await other.playground.data.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(other.playground.data.getByText('“stripes” is deleted.')).toBeVisible();

  await page.bringToFront();
  await trainsOn(own.playground);
  await other.page.bringToFront();
  await other.playground.data.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(other.card('stripes')).toBeVisible();
  expect([...own.playground.problems, ...other.playground.problems]).toEqual([]);
});
