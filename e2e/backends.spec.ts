import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import sirv from 'sirv';
import { Playground } from './playground';
import { softwareBrowser } from './softwareAdapter';

/** A model small enough for a backend that is slow here. */
async function trainSteps(playground: Playground, steps: number): Promise<void> {
  await playground.type('Channels', '8');
  await playground.type('Groups', '4');
  await playground.type('Batch', '2');
  for (let step = 1; step <= steps; step++) {
    await playground.train.getByRole('button', { name: 'One step' }).click();
    await expect.poll(() => playground.step()).toBe(step);
  }
  expect(await playground.loss()).toBeGreaterThan(0.1);
  expect(playground.problems).toEqual([]);
}

test('?backend=cpu trains in plain JavaScript', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('/?backend=cpu');
  await expect(playground.badge).toContainText('JavaScript');
  await trainSteps(playground, 2);
});

test('?backend=webgpu trains with the kernels in WGSL, on a software adapter', async ({ baseURL }) => {
  test.setTimeout(600_000);
  await visit(baseURL, async (playground) => {
    // Such an adapter compiles every kernel for the CPU, a second each.
    await playground.open('/?backend=webgpu');
    await expect(playground.badge).toContainText('WebGPU');
    await trainSteps(playground, 2);
  });
});

test('?backend=webgl trains by the reference operations, on a software adapter', async ({ baseURL }) => {
  test.setTimeout(600_000);
  await visit(baseURL, async (playground) => {
    await playground.open('/?backend=webgl');
    await expect(playground.badge).toContainText('WebGL');
    await trainSteps(playground, 1);
  });
});

test('a software adapter is not chosen by itself', async ({ baseURL }) => {
  await visit(baseURL, async (playground) => {
    await playground.open('/');
    await expect(playground.badge).toContainText('WebAssembly');
    await playground.badge.click();
    await expect(
      playground.page.getByText(/WebGPU is not used: the only adapter .* computes on the CPU/),
    ).toBeVisible();
  });
});

async function visit(
  baseURL: string | undefined,
  trial: (playground: Playground) => Promise<void>,
): Promise<void> {
  const browser = await softwareBrowser();
  try {
    await trial(new Playground(await browser.newPage(baseURL === undefined ? {} : { baseURL })));
  } finally {
    await browser.close();
  }
}

test('an unknown backend is said to be unknown', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('/?backend=quantum');
  await playground.badge.click();
  await expect(page.getByText(/no backend “quantum”/)).toBeVisible();
});

test('a host that sends no isolation headers gets one thread, under any path', async ({ page }) => {
  const serve = sirv('dist', { dev: true });
  const server = createServer((request, response) => {
    request.url = request.url?.replace(/^\/some\/folder/, '') ?? '/';
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    const playground = new Playground(page);
    await playground.open(`http://localhost:${(server.address() as AddressInfo).port}/some/folder/`);
    await expect(playground.badge).toContainText('1 thread');
    await trainSteps(playground, 1);
  } finally {
    server.close();
  }
});
