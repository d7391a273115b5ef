import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { tinyModel, trainedTiny, trainTo } from './engine';
import { downloadOf } from './modelsPage';
import { Playground } from './playground';
import { RunsPage } from './runsPage';

/** Takes all steps of a run of a new model. */
async function trainAll(playground: Playground): Promise<void> {
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
}

test('two learning rates are trained, compared, shared and opened elsewhere; a run is deleted and brought back', async ({
  page,
  browser,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  await playground.type('Training steps', '40');
  await trainAll(playground);
  await playground.train.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'New model' }).click();
  await playground.type('Learning rate', '0.0005');
  await trainAll(playground);

  const runs = new RunsPage(page);
  await runs.show();
  await expect(runs.items).toHaveCount(2);
  await expect(runs.items.first()).toContainText('Learning rate 0.002 → 0.0005');
  await expect(runs.compare.locator('[data-compared]')).toHaveAttribute('data-compared', '2');
  expect(await runs.cells('Learning rate')).toEqual(['0.0005', '0.002']);
  expect(await runs.cells('Steps')).toEqual(['40', '40']);
  await expect(runs.compare.getByRole('row', { name: /^Batch size/ })).toHaveCount(0);
  await expect(runs.compare.getByRole('img', { name: /^Training loss: Digits 2 ends at/ })).toBeVisible();
  await expect(runs.samples.getByRole('img', { name: /^Samples of Digits \d after/ })).toHaveCount(2);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await runs.press('Rename Digits 2');
  await runs.list.getByRole('textbox', { name: 'New name of Digits 2' }).fill('Slow');
  await page.keyboard.press('Enter');
  await expect(runs.items.first()).toContainText('Slow');
  await runs.press('Pin Digits 1');
  await expect(runs.items.first()).toContainText('Digits 1');

  await runs.press('Delete Slow');
  await expect(runs.items).toHaveCount(1);
  await runs.press('Undo');
  await expect(runs.items).toHaveCount(2);
  await expect(runs.compare.locator('[data-compared]')).toHaveAttribute('data-compared', '2');

  // Measured on request, from the checkpoints that the finished runs have kept.
  await runs.compare.getByRole('button', { name: 'Evaluate 2 runs' }).click();
  await expect(runs.compare.getByRole('row', { name: /^Evaluated/ }).getByRole('cell')).toHaveText([
    '64 samples, step 40',
    '64 samples, step 40',
  ]);
  for (const cell of await runs.cells('Fréchet distance')) expect(Number(cell)).toBeGreaterThan(0);

  const button = (name: string) => runs.compare.getByRole('button', { name });
  const csv = await downloadOf(page, () => button('Curves as CSV').click());
  expect(csv.bytes.toString().split('\n')[0]).toBe('run,step,images,seconds,loss,least,greatest,held_out');
  expect(csv.bytes.toString()).toMatch(/^Slow,40,160,/m);
  const file = await downloadOf(page, () => button('Export the comparison').click());
  expect(file.name).toBe('ddpm-runs-2-runs.json');
  await runs.compare.getByRole('switch', { name: /^With weights/ }).click();
  const weights = await downloadOf(page, () => button('Export the comparison').click());
  expect(weights.name).toBe('ddpm-runs-2-runs.zip');
  const link = await runs.compare.getByRole('textbox', { name: /^Link with settings/ }).inputValue();
  expect(link.length).toBeLessThan(1500);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  /** Opens the comparison in the browser of somebody else; whether its samples come along is the way's. */
  const elsewhere = async (open: (other: RunsPage) => Promise<void>, samples: number) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const other = new RunsPage(await context.newPage());
    await open(other);
    await expect(other.list.getByText(/brought 2 runs/)).toBeVisible();
    await expect(other.compare.locator('[data-compared]')).toHaveAttribute('data-compared', '2');
    expect(await other.cells('Learning rate')).toEqual(await runs.cells('Learning rate'));
    expect(await other.cells('Training loss, last 100 steps')).toEqual(
      await runs.cells('Training loss, last 100 steps'),
    );
    const training = other.compare.getByRole('img', { name: /^Training loss: Slow ends at/ });
    await expect(training).toBeVisible();
    await expect(other.samples.getByRole('img', { name: /^Samples of / })).toHaveCount(samples);
    return { context, other };
  };
  const origin = new URL(page.url()).origin;
  const byFile = (path: string) => async (other: RunsPage) => {
    await other.page.goto(`${origin}/#/runs`);
    await expect(other.list.getByText('Nothing is kept yet.')).toBeVisible();
    await other.list.getByLabel('Open a comparison').setInputFiles(path);
  };
  const { context: first } = await elsewhere(byFile(file.path), 2);
  await first.close();
  const { context: second, other } = await elsewhere(byFile(weights.path), 2);
  await other.press('Open the checkpoint of Slow');
  await expect(other.list.getByText(/is that of “Slow” after 40 steps/)).toBeVisible();
  await second.close();
  const { context: third, other: linked } = await elsewhere(
    async ({ page }) => void (await page.goto(link)),
    0,
  );
  await expect(linked.page).toHaveURL(/#\/runs$/);
  // Once more brings nothing twice.
  await linked.page.goto(link);
  await expect(linked.list.getByText(/brought 2 runs/)).toBeVisible();
  await expect(linked.items).toHaveCount(2);
  await third.close();

  await page.reload();
  await expect(runs.items).toHaveCount(2);
  expect(playground.problems).toEqual([]);
});

test('a queue trains several values in turn, and a run leads on by its settings and its checkpoint', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  const runs = new RunsPage(page);
  await runs.show();
  const { repeat } = runs;
  await repeat.getByRole('spinbutton', { name: 'Steps of each run' }).fill('30');
  await page.keyboard.press('Tab');
  await repeat.getByRole('spinbutton', { name: 'Value 2' }).fill('0.01');
  await page.keyboard.press('Tab');
  await repeat.getByRole('button', { name: 'Train 2 runs' }).click();
  await expect(repeat.getByText('All runs are trained.')).toBeVisible();
  await expect(runs.items).toHaveCount(2);
  expect(await runs.cells('Learning rate')).toEqual(['0.01', '0.002']);

  const code = await downloadOf(page, () => runs.press('Export Digits 2: learning rate 0.01 as code'));
  expect(code.name).toBe('ddpm-digits-2-learning-rate-0.01.zip');
  const files = unzipSync(code.bytes);
  expect(Object.keys(files).map((name) => name.split('.').at(-1))).toEqual([
    'py',
    'ipynb',
    'safetensors',
    'npz',
  ]);
  const script = strFromU8(files['ddpm-digits-2-learning-rate-0.01.py'] as Uint8Array);
  expect(script).toContain('"learning_rate": 0.01');
  expect(script).toContain('"steps": 30');

  // The settings of the page are as they were, and those of a run can be taken.
  await runs.press('Use the settings of Digits 2: learning rate 0.01');
  await expect(runs.list.getByText('The playground has the settings of')).toBeVisible();
  await runs.press('Open the checkpoint of Digits 1: learning rate 0.002');
  await expect(
    runs.list.getByText(/is that of “Digits 1: learning rate 0\.002” after 30 steps/),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  expect(await playground.step()).toBe(30);
  expect(playground.problems).toEqual([]);
});

test('a run that was only paused leads on from its checkpoint, as a branch of it', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const step = await trainedTiny(playground);
  await playground.train.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'New model' }).click();
  await expect.poll(() => playground.step()).toBe(0);
  const runs = new RunsPage(page);
  await runs.show();
  await runs.press('Open the checkpoint of Digits 1');
  await expect(runs.list.getByText(`is that of “Digits 1” after ${step} steps`)).toBeVisible();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await trainTo(playground, step);
  await playground.pause();
  await runs.show();
  await expect(runs.items).toHaveCount(2);
  await expect(runs.items.first()).toContainText(`From Digits 1, step ${step}`);
  expect(playground.problems).toEqual([]);
});

test('two runs train in turns: side by side, through a pause, and a reload loses neither', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  const runs = new RunsPage(page);
  await runs.show();
  const { repeat } = runs;
  const steps = async (text: string) => {
    await repeat.getByRole('spinbutton', { name: 'Steps of each run' }).fill(text);
    await page.keyboard.press('Tab');
  };
  await steps('40');
  await repeat.getByRole('radio', { name: 'In turns' }).click();
  await repeat.getByRole('button', { name: 'Train 2 runs' }).click();
  await expect(repeat.getByText('All runs are trained.')).toBeVisible();
  await expect(runs.items).toHaveCount(2);
  expect(await runs.cells('Steps')).toEqual(['40', '40']);
  expect((await runs.cells('Learning rate')).sort()).toEqual(['0.001', '0.002']);
  await expect(
    runs.samples.getByRole('img', { name: /^Samples of Digits \d: .* after 40 steps/ }),
  ).toHaveCount(2);
  await expect(runs.list.getByRole('button', { name: /^Open the checkpoint of Digits/ })).toHaveCount(2);

  // Two that would train for long: both grow, both hold, both go on.
  await steps('100000');
  await repeat.getByRole('button', { name: 'Train 2 runs' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Train' }).click();
  await expect(runs.items).toHaveCount(4);
  await expect(runs.items.nth(1)).toContainText('Digits 3: learning rate 0.002');
  await repeat.getByRole('button', { name: 'Pause' }).click();
  await expect(repeat.locator('[data-status="paused"]').first()).toBeVisible();
  const reached = () =>
    runs.items.evaluateAll((items) =>
      items.slice(0, 2).map((item) => Number(item.getAttribute('data-step'))),
    );
  await expect.poll(async () => Math.min(...(await reached()))).toBeGreaterThan(0);
  await expect(runs.list.getByRole('button', { name: /^Open the checkpoint of Digits/ })).toHaveCount(4);
  const paused = Math.min(...(await reached()));
  await repeat.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(async () => Math.min(...(await reached()))).toBeGreaterThan(paused);

  await page.reload();
  await expect(runs.items).toHaveCount(4);
  for (const step of await reached()) expect(step).toBeGreaterThanOrEqual(paused);
  await runs.press(/^Open the checkpoint of Digits 4/);
  await expect(runs.list.getByText(/is that of “Digits 4: .*” after [\d,]+ steps/)).toBeVisible();
  expect(playground.problems).toEqual([]);
});
