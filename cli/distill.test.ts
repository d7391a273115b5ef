import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { readSafetensors } from '../src/engine/checkpoint/safetensors';
import { temporaryFolder } from './testing/runCli';
import { runWith } from './testing/runHere';

const folder = temporaryFolder();
afterAll(folder.remove);

const teacher = folder.at('teacher.safetensors');
const read = (path: string) => new Uint8Array(readFileSync(path));

beforeAll(async () => {
  const config = { n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 40, n_groups: 4 };
  writeFileSync(folder.at('small.json'), JSON.stringify(config));
  const options = { dataset: 'digits', config: folder.at('small.json'), batch: 4, steps: 2, out: teacher };
  expect(await runWith('train', options)).toMatchObject({ code: 0 });
}, 300_000);

test.each([
  ['progressive', { 'teacher-steps': 4 }, 1],
  ['consistency', { 'teacher-steps': 4 }, 4],
  ['reflow', { 'teacher-steps': 4, pairs: 8 }, 4],
  ['direct', { 'teacher-steps': 4, pairs: 8 }, 1],
] as const)(
  '%s makes a flow of a diffusion, which sample draws from',
  async (method, options, steps) => {
    const out = folder.at(`${method}.safetensors`);
    const outcome = await runWith('distill', { teacher, method, steps: 2, batch: 4, out, ...options });
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expect(outcome.stdout).toContain(`has the student: ${steps} steps`);
    const { config, ema } = readBundle(read(out));
    expect(config).toMatchObject({ objective: 'flow', schedule: 'straight', dropout: 0 });
    const taught = readBundle(read(teacher)).ema;
    expect([...ema.keys()]).toEqual([...taught.keys()]);
    expect(ema).not.toEqual(taught);
    const { metadata } = readSafetensors(read(out));
    expect(metadata.dataset).toBe('digits');
    expect(JSON.parse(metadata.distilled as string)).toEqual({
      ...{ method, teacher_steps: 4, student_steps: steps, guidance: 0 },
    });
    const drawn = await runWith('sample', {
      ...{ model: out, sampler: 'flowEuler', steps: 1, count: 2, out: folder.at(`${method}.png`) },
    });
    expect(drawn, drawn.stderr).toMatchObject({ code: 0 });
  },
  300_000,
);

test.each<[Record<string, string | number>, RegExp]>([
  [{ 'teacher-steps': 12 }, /must be 1 times 2, 4, 8 …, not 12/],
  [{ pairs: 8 }, /--pairs is for --method reflow/],
  [{ guidance: 2 }, /a teacher with classes, and this one has learned none/],
  [{ method: 'magic' }, /--method must be one of progressive, consistency, reflow, direct/],
])('refuses %o', async (options, message) => {
  const outcome = await runWith('distill', { teacher, out: folder.at('none.safetensors'), ...options });
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toMatch(message);
});
