import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { firefox } from '../../tools/browsers/firefox';
import type { Launched, OtherBrowser } from '../../tools/browsers/webDriver';
import { webkit } from '../../tools/browsers/webkit';
import { StaticSite } from '../staticSite';
import { stripes } from '../stripes';
import { Visit } from './visit';

for (const browser of [firefox, webkit]) {
  test(`${browser.name}: data of one's own, a trained model and its checkpoint are there after a reload; a link brings settings`, async ({
    baseURL,
  }, testInfo) => {
    const visit = await visitWith(browser);
    await visit.open(`${baseURL}/`);
    await drawn(visit);
    await openGroups(visit);
    await sample(visit, 7);
    const images = await visit.evaluate(levelsOf, GRID);
    // Ink and paper, where noise is grey.
    expect(images).toMatch(/\b255\b.*\b0\b/);
    await visit.click('button', /^Share/);
    const link = await visit.value('textbox', /^This view/);
    await visit.reload();
    await visit.fill('5', 'spinbutton', /^Steps/, SAMPLE);
    await visit.open(link);
    await drawn(visit);
    expect(await visit.evaluate(levelsOf, GRID)).toBe(images);
    await visit.click('button', /^Back to mine/, /^Link/);
    await expect.poll(() => visit.value('spinbutton', /^Steps/, SAMPLE)).toBe('5');

    const dialog = /^Add your own data/;
    await visit.click('button', /^Add your own/);
    await visit.click('tab', /^Draw/, dialog);
    await visit.click('application', /^Drawing/, dialog);
    await visit.click('button', /^Add the drawing/, dialog);
    await visit.click('tab', /^Files/, dialog);
    const file = testInfo.outputPath('stripes.zip');
    await writeFile(file, stripes(40));
    await visit.choose(file, 'file', /^Files/, dialog);
    await expect.poll(() => visit.text('[role=dialog]')).toContain('41 images');
    await visit.click('button', /^Save and use it/, dialog);

    const step = await trainTiny(visit, 20);
    await sample(visit, 5);
    await visit.click('link', /^Models/);
    await visit.fill('Before', 'textbox', /^Name/, /^Checkpoints/);
    await visit.click('button', /^Save/, /^Checkpoints/);
    await expect.poll(() => visit.text('.notice')).toContain('Saved “Before”');

    await visit.reload();
    await visit.expect('button', /^Load Before/);
    await visit.click('link', /^Playground/);
    await expect.poll(() => stepOf(visit)).toBe(step);
    await visit.expect('radio', /^stripes|^My/, /^Data/);

    expect(await visit.problems()).toEqual([]);
  });

  test(`${browser.name}: below a path of a plain static host, then without a network`, async () => {
    const visit = await visitWith(browser);
    site = await StaticSite.start();
    await visit.open(site.address);
    await drawn(visit);
    await openGroups(visit);
    const step = await trainTiny(visit, 5);
    await visit.click('button', /^Backend/);
    await expect.poll(() => visit.text('[role=dialog]')).toContain('works');
    await site.stop();
    await visit.reload();
    await expect.poll(() => stepOf(visit)).toBe(step);
    // The service worker isolates it, whatever else keeps the browser to one thread.
    expect(await visit.evaluate(() => crossOriginIsolated)).toBe(true);
    await visit.click('button', /^Backend/);
    await expect.poll(() => visit.text('[role=dialog]')).toContain('Threads');
    expect(await visit.text('[role=dialog]')).not.toContain('not cross-origin isolated');
    await visit.click('button', /^Backend/);
    await visit.click('radio', /^Pretrained/, SAMPLE);
    await sample(visit, 5);
    expect(await visit.problems()).toEqual([]);
  });
}

const SAMPLE = /^Sample$/;
const TRAIN = /^Train$/;
const GRID = '.sample-grid canvas';

const opened: { launched: Launched; visit: Visit }[] = [];
let site: StaticSite | undefined;
test.afterEach(async () => {
  await site?.stop().catch(() => {});
  const testInfo = test.info();
  for (const { launched, visit } of opened.splice(0)) {
    if (testInfo.status !== testInfo.expectedStatus)
      await writeFile(testInfo.outputPath('failed.png'), await visit.screenshot());
    await launched.close();
  }
});

async function visitWith(browser: OtherBrowser): Promise<Visit> {
  test.skip(!browser.installed, `${browser.name} is not installed`);
  const launched = await browser.launch();
  await launched.driver.send('SetWindowRect', { x: 0, y: 0, width: 1440, height: 900 });
  const visit = new Visit(launched.driver);
  opened.push({ launched, visit });
  return visit;
}

async function drawn(visit: Visit): Promise<void> {
  await expect.poll(() => visit.attribute('.sample', 'data-status')).toBe('finished');
}

/** The page remembers which groups of settings are open. */
async function openGroups(visit: Visit): Promise<void> {
  await visit.click('summary', /^Network/, TRAIN);
  await visit.click('summary', /^Training run/, TRAIN);
  await visit.click('summary', /^Sampler/, SAMPLE);
}

async function stepOf(visit: Visit): Promise<number> {
  return Number((await visit.text('[data-quantity="step"]'))?.split(' of ')[0]?.replace(/\D/g, ''));
}

/** Trains a tiny model for so many steps. Resolves with its step. */
async function trainTiny(visit: Visit, steps: number): Promise<number> {
  await visit.fill('8', 'spinbutton', /^Channels/, TRAIN);
  await visit.fill('4', 'spinbutton', /^Groups/, TRAIN);
  await visit.fill('4', 'spinbutton', /^Batch/, TRAIN);
  await visit.fill(String(steps), 'spinbutton', /^Training steps/, TRAIN);
  await visit.click('button', /^Start training/, TRAIN);
  await expect.poll(() => visit.attribute('.train-status', 'data-status')).toBe('finished');
  expect(Number(await visit.text('[data-quantity="loss"]'))).toBeGreaterThan(0);
  return stepOf(visit);
}

async function sample(visit: Visit, steps: number): Promise<void> {
  await visit.fill(String(steps), 'spinbutton', /^Steps/, SAMPLE);
  await visit.click('button', /^Sample$/, SAMPLE);
  await expect.poll(() => visit.attribute('.sample', 'data-step')).toBe(String(steps));
  await drawn(visit);
}

/** Runs in the page: the red levels of a canvas, as one text. */
function levelsOf(selector: string): string {
  const canvas = document.querySelector<HTMLCanvasElement>(selector);
  const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  return [...data].filter((_, i) => i % 4 === 0).join();
}
