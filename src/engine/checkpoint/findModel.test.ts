import { describe, expect, test } from 'vitest';
import { readCheckpoint } from './bundle';
import { findModel } from './findModel';
import { foundWords } from './foundWords';
import { floatData } from './model';
import { openTensorFile } from './openTensorFile';
import { writeSafetensors } from './safetensors';
import { checkpointConfig, checkpointFile, checkpointWeights } from './testing/checkpoints';

type Tensors = Map<string, { shape: number[]; data: Float32Array }>;
const one: { shape: number[]; data: Float32Array } = { shape: [1], data: Float32Array.of(1) };

/** The weights times `factor` under a prefix. */
const under = (prefix: string, factor = 1): Tensors =>
  new Map(
    [...checkpointWeights].map(([name, tensor]) => [
      prefix + name,
      { shape: tensor.shape, data: floatData(name, tensor).map((value) => factor * value) },
    ]),
  );
const together = (...parts: Iterable<[string, typeof one]>[]): Tensors =>
  new Map(parts.flatMap((part) => [...part]));
const others = (...names: string[]): [string, typeof one][] => names.map((name) => [name, one]);

describe('the weights are found under the prefixes of wrappers', () => {
  test.each<[what: string, tensors: Tensors, prefix: string, isEma: boolean, ignored: string[]]>([
    ['none', under(''), '', false, []],
    ['DataParallel', under('module.'), 'module.', false, []],
    ['torch.compile in DataParallel', under('module._orig_mod.'), 'module._orig_mod.', false, []],
    ['DataParallel in torch.compile', under('_orig_mod.module.'), '_orig_mod.module.', false, []],
    ['AveragedModel', together(under('module.'), others('n_averaged')), 'module.', false, ['n_averaged']],
    [
      'a diffusion wrapper',
      together(others('betas', 'alphas_cumprod'), under('model.')),
      'model.',
      false,
      ['betas', 'alphas_cumprod'],
    ],
    [
      'ema-pytorch',
      together(others('initted', 'step'), under('online_model.'), under('ema_model.', 2)),
      'ema_model.',
      true,
      ['initted', 'step'],
    ],
    ['an average beside it', together(under(''), under('ema.', 2)), 'ema.', true, []],
    ['model and model_ema', together(under('model_ema.', 2), under('model.')), 'model_ema.', true, []],
    ['modelEma', together(under('model.'), under('modelEma.', 2)), 'modelEma.', true, []],
    [
      'a trainer of several',
      together(
        under('model.model.'),
        others('model.betas'),
        under('ema.online_model.model.'),
        under('ema.ema_model.model.', 2),
      ),
      'ema.ema_model.model.',
      true,
      ['model.betas', 'ema.online_model'],
    ],
    [
      'moments of an optimizer',
      together(under('optimizer.exp_avg.', 3), under('adam.m.', 3), under('net.')),
      'net.',
      false,
      ['optimizer', 'adam'],
    ],
    ['two models without an average', together(under('a.'), under('b.', 3)), 'a.', false, ['b']],
    [
      'an average that is not whole',
      together([...under('ema.', 2)].slice(0, -1), under('net.')),
      'net.',
      false,
      ['ema'],
    ],
    [
      'a name that only sounds like it',
      together(under('schema.'), under('email.', 3)),
      'schema.',
      false,
      ['email'],
    ],
  ])('%s', (_, tensors, prefix, isEma, ignored) => {
    const found = findModel(tensors);
    expect(found).toMatchObject({ prefix, isEma, ignored, architecture: { nChannels: 4, chMults: [1, 2] } });
    const file = openTensorFile(writeSafetensors(tensors));
    const { checkpoint } = readCheckpoint(file, checkpointConfig);
    for (const [name, weight] of checkpointWeights) {
      const values = floatData(name, weight);
      expect(checkpoint.ema.get(name)?.data).toEqual(isEma ? values.map((value) => 2 * value) : values);
      expect(checkpoint.weights.get(name)?.data).toEqual(isEma ? values : checkpoint.ema.get(name)?.data);
    }
    expect(checkpoint.training).toBeUndefined();
  });
});

test('what is missing or misshapen under the prefix is named, and so is what the U-Net does not have', () => {
  const message = (tensors: Tensors) => {
    try {
      findModel(tensors);
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
    return 'none';
  };
  const without = under('module.');
  without.delete('module.up.1.res.conv2.bias');
  expect(message(without)).toBe("StateDictError: The parameter 'up.1.res.conv2.bias' is missing.");
  const misshapen = under('module.').set('module.middle.attn.output.bias', one);
  expect(message(misshapen)).toMatch(/'middle\.attn\.output\.bias' is \[1\], but the config needs \[8\]/);
  const more = under('module.').set('module.middle.attn2.output.bias', one);
  expect(message(more)).toMatch(/no parameter 'middle\.attn2\.output\.bias', but the file does/);
  expect(message(together(others('betas')))).toMatch(/CheckpointError: .*'image_proj\.weight' is missing/);
  const many = together(...Array.from({ length: 65 }, (_, i) => others(`${i}.image_proj.weight`)));
  expect(message(many)).toMatch(/65 models; at most 64/);
  const deep = together(
    under(''),
    ...Array.from({ length: 100 }, (_, i) => [[`down.${i}.conv.weight`, one] as [string, typeof one]]),
  );
  expect(message(deep)).toMatch(/more than 72 layers/);
});

test('a model with a config of its own may have a prefix, and tensors beside it', () => {
  const config = { config: new TextDecoder().decode(checkpointFile('config.json')) };
  const file = openTensorFile(writeSafetensors(together(under('module.'), others('step')), config));
  const { checkpoint, found } = readCheckpoint(file);
  expect(checkpoint.config).toEqual(checkpointConfig);
  expect(found).toMatchObject({ prefix: 'module.', ignored: ['step'] });
});

test('one line says what was taken and what not', () => {
  const said = (tensors: Iterable<[string, { shape: number[] }]>, ...names: string[]) =>
    foundWords(findModel(new Map(tensors), names));
  expect(said(under(''))).toBeNull();
  expect(said(under('module.'), 'epoch')).toBe("The weights under 'module.' are used. Not read: epoch.");
  expect(said(together(under(''), under('ema.')))).toBe(
    "The EMA weights under 'ema.' are used. The raw weights are those without a prefix.",
  );
  const long = Array.from({ length: 1010 }, (_, i) => `${'x'.repeat(70)}${i}`);
  expect(said(under(''), ...long)).toMatch(/^Not read: (x{60}…, ){7}x{60}… and 1,002 more\.$/);
});
