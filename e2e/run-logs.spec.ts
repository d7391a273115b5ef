import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { findPythonWithTorch } from '../bench/torch';
import { runCli } from '../cli/testing/runCli';
import { Playground } from './playground';
import { RunsPage } from './runsPage';

const python = findPythonWithTorch('PIL');
const config = { n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 40, n_groups: 4 };

test('the page opens the logs that the command line and PyTorch wrote, compares them, and trains one again', async ({
  page,
}, info) => {
  const at = (name: string) => info.outputPath(name);
  await writeFile(at('small.json'), JSON.stringify(config));
  const logs: string[] = [];
  for (const [name, rate] of [
    ['slow', '0.0005'],
    ['fast', '0.005'],
  ] as const) {
    const { code, stderr } = await runCli(
      ...['train', '--dataset', 'digits', '--config', at('small.json'), '--batch', '4', '--steps', '6'],
      ...['--learning-rate', rate, '--out', at(`${name}.safetensors`), '--log', at(name), '--threads', '1'],
    );
    expect(code, stderr).toBe(0);
    logs.push(at(`${name}/run.json`));
  }
  if (python) {
    await promisify(execFile)(
      python,
      [
        ...['-m', 'ddpm_scale_out.train', '--bundle', at('slow.training.safetensors'), '--steps', '9'],
        ...['--data', fileURLToPath(new URL('../public/data/digits.zip', import.meta.url))],
        ...['--out', at('torch.safetensors'), '--batch', '4', '--log', at('torch')],
      ],
      { cwd: fileURLToPath(new URL('../scale-out', import.meta.url)) },
    );
    logs.push(at('torch/run.json'));
  }

  const playground = new Playground(page);
  await playground.open();
  const runs = new RunsPage(page);
  await runs.show();
  await runs.list.getByLabel('Open a comparison').setInputFiles(logs);
  await expect(runs.list.getByText(`${logs.length} files brought ${logs.length} runs.`)).toBeVisible();
  await expect(runs.items).toHaveCount(logs.length);
  await expect(runs.compare.locator('[data-compared]')).toHaveAttribute('data-compared', String(logs.length));
  expect((await runs.cells('Learning rate')).sort()).toEqual(
    python ? ['0.0002', '0.0005', '0.005'] : ['0.0005', '0.005'],
  );
  expect((await runs.cells('Steps')).sort()).toEqual(python ? ['6', '6', '9'] : ['6', '6']);
  await expect(runs.compare.getByRole('img', { name: /^Training loss: .*fast ends at/ })).toBeVisible();
  await expect(runs.compare.getByRole('img', { name: /^Held-out loss: .*slow ends at/ })).toBeVisible();
  await expect(runs.samples.getByRole('img', { name: /^Samples of / })).toHaveCount(logs.length);

  // A run of the command line leads on here as any other.
  await runs.press('Train the same as fast with another setting');
  await runs.repeat.getByRole('button', { name: 'Train this run' }).click();
  await expect(runs.repeat.getByText('All runs are trained.')).toBeVisible();
  await expect(runs.items).toHaveCount(logs.length + 1);
  expect(playground.problems).toEqual([]);
});
