import { expect, test } from '@playwright/test';
import { digestOf } from './playground';
import { milliseconds, SamplersPage } from './samplersPage';

test('two samplers from the same noise: steps, evaluations and times, the way, and the difference', async ({
  page,
}) => {
  const samplers = new SamplersPage(page);
  await samplers.open();
  const { compare } = samplers;

  await test.step('DDIM in 20 steps beside DPM-Solver++ in 10', async () => {
    // The view opens with it.
    await samplers.expectStatus(/finished/);
    expect(await samplers.cost('Steps')).toEqual(['20 of 20', '10 of 10']);
    expect(await samplers.cost('Network evaluations')).toEqual(['20 of 20', '10 of 10']);
    const times = (await samplers.cost('Time in the network')).map(milliseconds);
    const perCall = (await samplers.cost('Time per evaluation')).map(milliseconds);
    for (const [side, calls] of [20, 10].entries()) {
      expect(times[side]).toBeGreaterThan(0);
      // Both are rounded to two digits at least.
      expect(Math.abs((perCall[side] as number) * calls - (times[side] as number))).toBeLessThan(
        0.06 * calls + 0.06 * (times[side] as number),
      );
    }
    const rms = Number(await samplers.rms.textContent());
    expect(rms).toBeGreaterThan(0);
    // Nearly the same images; unrelated ones are about 0.9 apart.
    expect(rms).toBeLessThan(0.6);
    await expect(compare.getByRole('button', { name: /the largest$/ })).toHaveCount(1);
  });

  await test.step('one slider moves both back to the same noise, and on again', async () => {
    const ends = [await digestOf(samplers.grid('A')), await digestOf(samplers.grid('B'))];
    expect(ends[0]).not.toEqual(ends[1]);
    const slider = compare.getByRole('slider', { name: /^Part of the way/ });
    await slider.press('Home');
    await expect(compare.getByText('Step 0 of 20')).toBeVisible();
    await expect(compare.getByText('Step 0 of 10')).toBeVisible();
    expect(await digestOf(samplers.grid('A'))).toEqual(await digestOf(samplers.grid('B')));
    for (let press = 0; press < 5; press++) await slider.press('PageUp');
    await expect(compare.getByText('Step 10 of 20')).toBeVisible();
    await expect(compare.getByText('Step 5 of 10')).toBeVisible();
    await slider.press('End');
    expect(await digestOf(samplers.grid('A'))).toEqual(ends[0]);
  });

  await test.step('the same sampler and steps on both sides end in the very same images', async () => {
    await samplers.chooseSampler('B', 'DDIM');
    await samplers.type(samplers.side('B'), 'Steps', '20');
    await samplers.run();
    expect(await samplers.cost('Network evaluations')).toEqual(['20 of 20', '20 of 20']);
    await expect(samplers.rms).toHaveText('0');
    await expect(compare.getByText('The images are the same.')).toBeVisible();
    expect(await digestOf(samplers.grid('A'))).toEqual(await digestOf(samplers.grid('B')));
  });

  await test.step('Heun asks twice a step but once in the last; only the settings that it heeds are there', async () => {
    await expect(samplers.side('A').getByRole('slider', { name: /η/ })).toBeVisible();
    await samplers.chooseSampler('A', 'Heun');
    await expect(samplers.side('A').getByRole('slider')).toHaveCount(0);
    await samplers.type(samplers.side('A'), 'Steps', '6');
    await samplers.run();
    expect(await samplers.cost('Network evaluations')).toEqual(['11 of 11', '20 of 20']);
  });

  await test.step('it holds, goes on, and stops', async () => {
    await samplers.button('B: DDIM over all T steps').click();
    await samplers.type(samplers.side('A'), 'Steps', '500');
    await samplers.button('Compare').click();
    await samplers.expectStatus(/running/);
    await expect(compare.getByText(/^Step [1-9]\d* of 1,000/)).toBeVisible();
    await samplers.button('Pause').click();
    await samplers.expectStatus(/paused/);
    const held = await samplers.cost('Network evaluations');
    // What was under way at the click may still arrive.
    let before = held;
    const rests = async () => {
      const last = before;
      before = await samplers.cost('Network evaluations');
      return String(before) === String(last);
    };
    await expect.poll(rests, { intervals: [500] }).toBe(true);
    expect(held[0]?.split(' ')[0]).not.toBe('999');
    await samplers.button('Resume').click();
    await expect.poll(() => samplers.cost('Network evaluations')).not.toEqual(before);
    await samplers.button('Stop').click();
    await samplers.expectStatus(/stopped/);
    await expect(samplers.rms).toHaveCount(0);
  });
  expect(samplers.problems).toEqual([]);
});

test('convergence: more evaluations come closer, every point is in the table, and it stops', async ({
  page,
}) => {
  const samplers = new SamplersPage(page);
  await samplers.open();
  const { convergence } = samplers;
  const status = convergence.locator('.samplers').first();
  await samplers.type(samplers.compare, 'Images', '2');
  const measure = convergence.getByRole('button', { name: 'Measure', exact: true });

  await measure.click();
  await expect(convergence.getByText(/network evaluation [1-9]\d* of/)).toBeVisible();
  await convergence.getByRole('button', { name: 'Stop measuring' }).click();
  await expect(status).toHaveAttribute('data-status', 'stopped');

  await measure.click();
  await expect(status).toHaveAttribute('data-status', 'finished');
  const rows = await convergence
    .getByRole('row')
    .evaluateAll((all) => all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  const compared = ['DDIM', 'DPM-Solver++ (2M)', 'Heun', 'Flow, Euler', 'Flow, midpoint', 'Flow, Heun'];
  expect(rows.map(([sampler]) => sampler)).toEqual(compared.flatMap((title) => new Array(5).fill(title)));
  expect(rows.slice(10, 15).map(([, steps, calls]) => [steps, calls])).toEqual([
    ['3', '5'],
    ['5', '9'],
    ['10', '19'],
    ['20', '39'],
    ['40', '79'],
  ]);
  for (const first of [0, 5, 10]) {
    const [few, many] = [Number(rows[first]?.[3]), Number(rows[first + 4]?.[3])];
    expect(many).toBeGreaterThan(0);
    expect(many).toBeLessThan(few / 2);
  }
  expect(samplers.problems).toEqual([]);
});

test('the distance from the data by network evaluations: a curve for each sampler, measured point by point', async ({
  page,
}) => {
  const samplers = new SamplersPage(page);
  const { frechet } = samplers;
  await samplers.open();
  await samplers.type(frechet, 'Samples', '40');
  await frechet.getByRole('button', { name: 'Measure' }).click();
  const row = (evaluations: number) =>
    frechet.getByRole('row', { name: new RegExp(`^${evaluations} `) }).getByRole('cell');
  // DDPM first, then DDIM: of both, fewer steps than T spoil more.
  await expect(row(64).nth(1)).toHaveText(/\d/);
  const ddim = await Promise.all(
    [1, 8, 64].map(async (cost) => Number(await row(cost).nth(1).textContent())),
  );
  expect(ddim[2]).toBeLessThan(ddim[1] as number);
  expect(ddim[1]).toBeLessThan(ddim[0] as number);
  await frechet.getByRole('button', { name: 'Stop measuring' }).click();
  await expect(frechet.getByText(/^Stopped at network evaluation/)).toBeVisible();
  await expect(frechet.getByRole('img', { name: /^Fréchet distance of 40 samples/ })).toBeVisible();

  expect(samplers.problems).toEqual([]);
});
