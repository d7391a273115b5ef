import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { findPythonWithTorch } from '../bench/torch';
import { trainedTiny } from './engine';
import { ModelsPage } from './modelsPage';
import { Playground } from './playground';

const python = findPythonWithTorch('PIL');

test('a model of the page is continued by PyTorch, opens again, samples and learns on', async ({
  page,
}, info) => {
  test.skip(!python, 'No python3 with PyTorch and Pillow was found.');
  const playground = new Playground(page);
  await playground.open();
  const step = await trainedTiny(playground);
  const models = new ModelsPage(page);
  await models.show();
  const { path } = await models.export();

  const trained = info.outputPath('trained.safetensors');
  await promisify(execFile)(
    python as string,
    [
      ...['-m', 'ddpm_scale_out.train', '--bundle', path, '--out', trained],
      ...['--data', fileURLToPath(new URL('../public/data/digits.zip', import.meta.url))],
      ...['--steps', String(step + 20), '--batch', '8'],
    ],
    { cwd: fileURLToPath(new URL('../scale-out', import.meta.url)) },
  );

  await models.open(
    'trained.safetensors',
    await readFile(trained),
    new RegExp(`as it stood after ${step + 20} steps`),
  );
  await models.playground();
  expect(await playground.step()).toBe(step + 20);
  const { sample, train } = playground;
  await sample.getByRole('spinbutton', { name: 'Steps' }).fill('5');
  await sample.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
  await sample.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(sample.getByText('The images are finished')).toBeAttached();
  await train.getByRole('button', { name: 'One step' }).click();
  await expect.poll(() => playground.step()).toBe(step + 21);
  expect(playground.problems).toEqual([]);
});
