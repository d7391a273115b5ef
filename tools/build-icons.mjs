// `node tools/build-icons.mjs` draws the icons of an installed page from public/icon.svg, in a Chromium. Once a change of the svg.
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { browserArguments, findBrowser } from './browser.mjs';

const folder = fileURLToPath(new URL('../public/', import.meta.url));
const svg = readFileSync(`${folder}icon.svg`, 'utf8');
const square = svg.replace(' rx="7"', '');
/** Launchers cut a maskable icon to a circle of 80 %: the image lies within it, on its own ground. */
const maskable = square.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"');

const executablePath = await findBrowser();
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: browserArguments });
try {
  const page = await browser.newPage();
  mkdirSync(`${folder}icons`, { recursive: true });
  for (const [name, image, size] of [
    ['192', svg, 192],
    ['512', svg, 512],
    ['maskable', maskable, 512],
    ['apple-touch', square, 180],
  ]) {
    await page.setViewportSize({ width: size, height: size });
    const ground = image === svg ? 'transparent' : '#15191d';
    await page.setContent(
      `<style>body { margin: 0; background: ${ground} } svg { display: block }</style>${image}`,
    );
    await page.screenshot({ path: `${folder}icons/${name}.png`, omitBackground: image === svg });
  }
} finally {
  await browser.close();
}
