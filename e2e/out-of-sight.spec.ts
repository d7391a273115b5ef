import { expect, type Page, test } from '@playwright/test';
import { newestSave } from './autosaves';
import { tinyModel, trainTo } from './engine';
import { Playground } from './playground';

/** Lets the page be put out of sight, as a tab behind another is: it is told so, and no frame is drawn. */
async function reachVisibility(page: Page): Promise<(state: DocumentVisibilityState) => Promise<void>> {
  await page.addInitScript(() => {
    const draw = window.requestAnimationFrame.bind(window);
    const waiting: FrameRequestCallback[] = [];
    let now: DocumentVisibilityState = 'visible';
    window.requestAnimationFrame = (frame) => (now === 'hidden' ? waiting.push(frame) : draw(frame));
    Object.defineProperty(document, 'visibilityState', { get: () => now });
    Object.defineProperty(document, 'hidden', { get: () => now === 'hidden' });
    addEventListener('put', (event) => {
      now = (event as CustomEvent).detail;
      document.dispatchEvent(new Event('visibilitychange'));
      if (now === 'visible') waiting.splice(0).forEach(draw);
    });
  });
  return (state) =>
    page.evaluate((detail) => void window.dispatchEvent(new CustomEvent('put', { detail })), state);
}

test('a tab out of sight saves at once, and trains and draws on without a frame; so does one that was frozen', async ({
  page,
}) => {
  const put = await reachVisibility(page);
  const playground = new Playground(page);
  const { sample } = playground;
  await playground.open();
  await tinyModel(playground);
  await trainTo(playground, 10);
  const savedAt = async () => (await newestSave(page))?.savedAt ?? 0;
  const before = await savedAt();
  await put('hidden');
  await expect.poll(savedAt).toBeGreaterThan(before);
  const hidden = await playground.step();
  for (const name of ['Steps', 'Images']) {
    await sample.getByRole('spinbutton', { name }).fill('6');
    await sample.getByRole('spinbutton', { name }).press('Enter');
  }
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample).toContainText('6 of 6');
  await expect(sample.getByText('The images are finished')).toBeAttached();
  await expect.poll(() => playground.step()).toBeGreaterThan(hidden + 10);
  await put('visible');

  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  const woken = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(woken + 5);
  await playground.pause();
  expect(playground.problems).toEqual([]);
});
