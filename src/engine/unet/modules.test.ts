import { describe, expect, test } from 'vitest';
import { parseModelConfig } from './config';
import { modulesOf } from './modules';

const config = parseModelConfig({
  image_channels: 3,
  image_size: 16,
  n_channels: 32,
  ch_mults: [1, 2, 2],
  is_attn: [false, false, true],
  n_blocks: 1,
  n_steps: 10,
});

describe('the modules of a network', () => {
  const modules = modulesOf(config);

  // Written down by hand from the reference: name, channels in → out, size, from, skip.
  test('are those of the reference, in its order, and know where their input comes from', () => {
    expect(
      modules.map(({ name, inputs, outputs, size, level, from, skip }) =>
        [name, `${inputs} → ${outputs}`, size, level, from, ...(skip ? [skip.from, skip.channels] : [])].join(
          ' ',
        ),
      ),
    ).toEqual([
      'time_emb 32 → 128 1 0 t',
      'image_proj 3 → 32 16 0 x',
      'down.0.res 32 → 32 16 0 image_proj',
      'down.1 32 → 32 8 1 down.0.res',
      'down.2.res 32 → 64 8 1 down.1',
      'down.3 64 → 64 4 2 down.2.res',
      'down.4.res 64 → 128 4 2 down.3',
      'down.4.attn 128 → 128 4 2 down.4.res',
      'middle.res1 128 → 128 4 2 down.4.attn',
      'middle.attn 128 → 128 4 2 middle.res1',
      'middle.res2 128 → 128 4 2 middle.attn',
      'up.0.res 256 → 128 4 2 middle.res2 down.4.attn 128',
      'up.0.attn 128 → 128 4 2 up.0.res',
      'up.1.res 192 → 64 4 2 up.0.attn down.3 64',
      'up.1.attn 64 → 64 4 2 up.1.res',
      'up.2 64 → 64 8 1 up.1.attn',
      'up.3.res 128 → 64 8 1 up.2 down.2.res 64',
      'up.4.res 96 → 32 8 1 up.3.res down.1 32',
      'up.5 32 → 32 16 0 up.4.res',
      'up.6.res 64 → 32 16 0 up.5 down.0.res 32',
      'up.7.res 64 → 32 16 0 up.6.res image_proj 32',
      'final 32 → 3 16 0 up.7.res',
    ]);
  });
});
