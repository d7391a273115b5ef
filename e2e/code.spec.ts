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

const snippets = [
  ['forward', 'Schedule', 'alpha_bar', /^ᾱ_t = 0\.\d+ at t = 199$/],
  ['reverse', 'Reverse step', 'signal', /^√ᾱ_t = 0\.\d+ at t = 299$/],
  ['samplers', 'DDIM step', 'before', /^ᾱ_s = 0\.\d+ at s = \d+$/],
  ['classes', 'Guidance', 'w', /^w = 2$/],
  ['network', 'Attention', 'scale', /^1\/√\d+ = 0\.\d+$/],
  ['bound', 'Training loss', 'T', /^T = 1,000 steps$/],
] as const;

test('each view shows its lines of PyTorch, and tells by keyboard and by mouse what a name stands for', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const code = page.getByRole('region', { name: 'The same as code' });
  for (const [view, title, name, value] of snippets) {
    await page.goto(`/#/${view}`);
    const figure = code.getByRole('figure').filter({ hasText: title });
    await expect(figure.getByText(/^In our own words, after: .* (19|20)\d\d/)).toBeVisible();
    const symbol = figure.getByRole('button', { name, exact: true });
    await symbol.focus();
    await expect(figure.getByRole('status').filter({ hasText: value })).toHaveText(value);
    await symbol.blur();
    await expect(figure.getByText('Point at an underlined name')).toBeVisible();
    await symbol.hover();
    await expect(figure.getByRole('status').filter({ hasText: value })).toHaveText(value);
  }
  expect(playground.problems).toEqual([]);
});
