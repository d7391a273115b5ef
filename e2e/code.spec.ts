import { expect, test } from '@playwright/test';
import { readSafetensors } from '../src/engine/checkpoint/safetensors';
import { downloadOf, ModelsPage } from './modelsPage';
import { Playground } from './playground';

test('a model leaves as a script and a notebook that name its config and the files that they read', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.type('Training steps', '3');
  await playground.startButton.click();
  await expect(playground.status).toHaveAttribute('data-status', 'finished');
  const models = new ModelsPage(page);
  await models.show();
  const script = await models.export('Code');
  expect(script.name).toBe('ddpm-digits.py');
  await expect(models.exported.getByRole('status')).toContainText('Exported ddpm-digits.py');
  const text = script.bytes.toString();
  expect(text).toContain('"n_channels": 32, "ch_mults": [1, 2]');
  expect(text).toContain('"steps": 3');

  const notebook = await models.export('Notebook');
  expect(JSON.parse(notebook.bytes.toString()).cells[0].source[0]).toBe('# A diffusion model in one file\n');

  for (const name of ['Weights', 'Images']) {
    const button = models.exported.getByRole('button', { name, exact: true });
    const file = await downloadOf(page, () => button.click());
    expect(text).toContain(`Path("${file.name}")`);
    if (name === 'Weights') expect(readSafetensors(file.bytes).tensors.has('final.bias')).toBe(true);
  }
  expect(playground.problems).toEqual([]);
});
