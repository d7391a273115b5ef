import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { type ShippedModelId, shippedModels } from '../engine/models/shippedModels';
import { defaultSettings } from '../settings/defaultSettings';
import type { ModelOrigin } from '../settings/groups/page';
import { modelOrigins, sampledModel, sampledOrigin, shippedModel, sourceOf } from './sampledModel';

const config = { ...defaultSettings('digits').model, nChannels: 64 };

/** The kinds of models that ship for Digits. */
const ofDigits: ModelOrigin[] = ['shipped', 'shippedByClass', 'shippedFlow', 'shippedOneStep'];

interface Case {
  dataset?: 'digits' | 'shapes';
  /** Training steps of the user's model; none where there is no model. */
  steps?: number;
  chosen?: ModelOrigin;
}

function state({ dataset = 'digits', steps, chosen }: Case) {
  return {
    training: { model: steps === undefined ? null : { config, parameters: 1 }, step: steps ?? 0 },
    values: { data: { dataset }, origin: { origin: chosen ?? null } },
  };
}

describe('whose model is drawn from', () => {
  it.each<[string, Case, ModelOrigin[], ModelOrigin | null]>([
    ['the one that ships, before there is another', {}, ofDigits, 'shipped'],
    [
      'the one that ships, while the other has learned nothing',
      { steps: 0 },
      [...ofDigits, 'own'],
      'shipped',
    ],
    ['the one that ships, until another is chosen', { steps: 1 }, [...ofDigits, 'own'], 'shipped'],
    ['the chosen one', { steps: 9, chosen: 'shipped' }, [...ofDigits, 'own'], 'shipped'],
    ['the chosen one, untrained', { steps: 0, chosen: 'own' }, [...ofDigits, 'own'], 'own'],
    ['the one there is, where the chosen is not there', { chosen: 'own' }, ofDigits, 'shipped'],
    [
      'the one by class, when chosen',
      { steps: 3, chosen: 'shippedByClass' },
      [...ofDigits, 'own'],
      'shippedByClass',
    ],
    ['the own one where none ships', { dataset: 'shapes', steps: 0 }, ['own'], 'own'],
    [
      'the own one where the chosen one does not ship',
      { dataset: 'shapes', steps: 4, chosen: 'shipped' },
      ['own'],
      'own',
    ],
    ['none', { dataset: 'shapes' }, [], null],
  ])('%s', (_, given, origins, origin) => {
    expect(modelOrigins(state(given))).toEqual(origins);
    expect(sampledOrigin(state(given))).toBe(origin);
  });

  it('is the next one where a pretrained model could not be loaded, and that one where there is no other', () => {
    const failed = (given: Case, failedModels: ShippedModelId[]) =>
      sampledOrigin({ ...state(given), sampling: { failedModels } });
    expect(failed({ steps: 1 }, ['digits'])).toBe('shippedByClass');
    const all: ShippedModelId[] = ['digits', 'digitsByClass', 'digitsFlow', 'digitsOneStep'];
    expect(failed({ steps: 1 }, ['digits', 'digitsByClass'])).toBe('shippedFlow');
    expect(failed({ steps: 1 }, all)).toBe('own');
    expect(failed({}, all)).toBe('shipped');
    expect(failed({ steps: 1, chosen: 'shipped' }, all)).toBe('shipped');
  });

  it('has a config, its training steps and a place in the engine', () => {
    const own = sampledModel(state({ steps: 12, chosen: 'own' }));
    expect(own).toEqual({ config, trainedSteps: 12 });
    expect(own && sourceOf(own, 'raw')).toEqual({ own: 'raw' });
    const shipped = sampledModel(state({}));
    expect(shipped).toEqual({
      config: { ...defaultSettings('digits').model, ...shippedModels.digits.config },
      trainedSteps: shippedModels.digits.steps,
      shipped: 'digits',
    });
    // It has no others.
    expect(shipped && sourceOf(shipped, 'raw')).toEqual({ shipped: 'digits' });
    expect(shipped).toBe(shippedModel('digits'));
    expect(sampledModel(state({ dataset: 'shapes' }))).toBeNull();
  });

  it.each(Object.keys(shippedModels) as ShippedModelId[])('has the config of its file: %s', async (id) => {
    const file = await readFile(new URL(`../../public/models/${shippedModels[id].file}`, import.meta.url));
    expect(readBundle(file).config).toEqual(shippedModel(id).config);
  });
});
