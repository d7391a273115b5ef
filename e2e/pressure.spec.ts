import { errors, expect, type Locator, test } from '@playwright/test';
import fc from 'fast-check';
import { tinyModel } from './engine';
import { Playground } from './playground';

/** Pauses what runs, and waits until the status is one of these. */
async function pauseTo(playground: Playground, status: RegExp): Promise<void> {
  const pause = playground.train.getByRole('button', { name: 'Pause' });
  // A pause that was asked for before may take the button away between the look and the press.
  if (await pause.isVisible()) await pause.click().catch(() => expect(pause).toBeHidden());
  await expect(playground.status).toHaveAttribute('data-status', status);
}

/** Nothing that was asked is left waiting: a pause comes, and then one step more is one step. */
async function stillWorks(playground: Playground): Promise<void> {
  await pauseTo(playground, /idle|paused|finished/);
  const step = await playground.step();
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(step + 1);
  await expect(playground.status).toHaveAttribute('data-status', /paused|finished/);
}

test('200 presses of start and pause in a row leave the page as it should be', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await tinyModel(playground);
  await playground.train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(1);
  const pressed = await page.evaluate(async () => {
    const button = document.querySelector<HTMLButtonElement>('.train-actions__start');
    let count = 0;
    for (; button && count < 200; count++) {
      button.click();
      // Some within one frame, some with steps between them.
      if (count % 4 > 0) await new Promise((resolve) => setTimeout(resolve, (count % 4) * 15));
    }
    return count;
  });
  expect(pressed).toBe(200);
  await stillWorks(playground);
  expect(playground.problems).toEqual([]);
});

/** Seconds of it: 10 in `npm test`; FUZZ_SECONDS=60 for a long run. FUZZ_SEED chooses what is done. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 10);
const seed = Number(process.env.FUZZ_SEED ?? 1);

const texts = ['0', '-1', '1e9', '', '2', '4', '3.5', '8', '0.001', 'e'];
/** Keys of selects, sliders, radio buttons and dialogs. */
const keys = ['ArrowDown', 'ArrowUp', 'ArrowRight', 'Enter', 'Space', 'Escape', 'Home', 'End', 'Tab'];

test(`every control at random for ${seconds} s while it trains: no error, no stuck state`, async ({
  page,
}) => {
  test.setTimeout(300_000 + 1000 * seconds);
  const playground = new Playground(page);
  // Where a save is late, the browser asks before the page is left.
  page.on('dialog', (dialog) => void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()));
  page.on('filechooser', () => {});
  await playground.open();
  await tinyModel(playground);
  await playground.startButton.click();
  const controls = page.locator(
    'main :is(button, input, textarea, summary, [role="slider"], [role="combobox"], [role="option"], canvas[tabindex]), [role="dialog"] button, [role="alertdialog"] button, [role="option"]',
  );
  const choices = fc.sample(
    fc.record({
      which: fc.nat(),
      how: fc.nat(),
      key: fc.constantFrom(...keys),
      text: fc.constantFrom(...texts),
    }),
    { seed, numRuns: 5000 },
  );
  const until = Date.now() + 1000 * seconds;
  const least = 2 * seconds;
  let done = 0;
  for (const choice of choices) {
    // A slow machine takes longer, and does no less.
    if (Date.now() > until && done > least) break;
    const count = await controls.count();
    if (count > 0 && (await use(controls.nth(choice.which % count), choice))) done++;
  }
  expect(done).toBeGreaterThan(least);
  await page.keyboard.press('Escape');

  await expect(page.getByRole('alert', { name: 'The engine does not run' })).toBeHidden();
  await expect(page.getByRole('alert', { name: 'This view cannot be shown' })).toBeHidden();
  // The settings that were tried stay with the page; a visitor puts the wrong ones right. The page that leaves still writes them.
  await page.addInitScript(() => localStorage.removeItem('settings'));
  await pauseTo(playground, /idle|paused|finished|diverged|failed/);
  await page.reload();
  await playground.ready();
  await stillWorks(playground);
  expect(playground.problems).toEqual([]);
});

async function use(
  control: Locator,
  { how, key, text }: { how: number; key: string; text: string },
): Promise<boolean> {
  const options = { timeout: 600 };
  try {
    const type = await control.evaluate((element) => (element as HTMLInputElement).type ?? '', null, options);
    if (type === 'file') return false;
    if (type === 'number' || type === 'text') {
      if (type === 'number' && text === 'e') await control.press('e', options);
      else await control.fill(text, options);
      await control.press('Tab', options);
    } else if (how % 3 === 0) await control.press(key, options);
    else await control.click(options);
    return true;
  } catch (error) {
    // Disabled, covered by a dialog, or gone meanwhile: Playwright waits for it in vain. Anything else is a fault.
    if (!(error instanceof errors.TimeoutError)) throw error;
    await control.page().keyboard.press('Escape');
    return false;
  }
}
