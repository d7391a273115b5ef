import { expect, test } from '@playwright/test';
import { softwareBrowser } from '../softwareAdapter';
import { faults, visitorActions } from './actions';
import { SoakSession } from './session';

/** Minutes of it (`npm run soak -- --minutes 60`); each round that is begun is finished. */
const minutes = Number(process.env.SOAK_MINUTES ?? 0);
const seed = Number(process.env.SOAK_SEED ?? 1);

const all = { ...visitorActions, ...faults };
/** In every round each fault comes once and what visitors do twice, in another order. */
const round = [...Object.keys(visitorActions), ...Object.keys(visitorActions), ...Object.keys(faults)];

test(`a long visit with faults loses nothing that was saved (seed ${seed})`, async ({ baseURL }) => {
  // Ends what hangs, and nothing else.
  test.setTimeout(1_800_000 + 3 * 60_000 * minutes);
  const browser = await softwareBrowser();
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
  });
  const done: string[] = [];
  try {
    const session = await SoakSession.begin(context, seed);
    const [heap, stored] = [await session.heap(), await session.stored()];
    const until = Date.now() + 60_000 * minutes;
    let survived = 0;
    do {
      for (const name of session.shuffled(round)) {
        done.push(name);
        await (all[name] as (typeof all)[string])(session);
        await session.isSound();
        if (name in faults) survived++;
      }
    } while (Date.now() < until);
    await session.reload();
    const grown = [(await session.heap()) - heap, session.mostGrown, (await session.stored()) - stored];
    const [ofPage, most, ofStorage] = grown.map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`);
    console.log(
      `soak: seed ${seed}, ${done.length} actions: ${session.trained.toLocaleString('en')} steps trained, ${survived} faults survived, ` +
        `heap of the page ${ofPage} more at the end and at most ${most} between two loads, storage ${ofStorage} more, nothing lost`,
    );
    expect(session.trained).toBeGreaterThan(0);
  } catch (error) {
    console.log(
      `soak: FAILED with seed ${seed} in action ${done.length}; the last: ${done.slice(-10).join(', ')}`,
    );
    throw error;
  } finally {
    await browser.close();
  }
});
