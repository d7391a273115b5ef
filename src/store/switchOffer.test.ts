import { describe, expect, it } from 'vitest';
import measures from '../engine/models/measures.json';
import { shippedModels } from '../engine/models/shippedModels';
import { defaultSettings } from '../settings/defaultSettings';
import type { ModelOrigin } from '../settings/groups/page';
import { switchOffer } from './switchOffer';
import type { TrainingState } from './trainingState';

const config = { ...defaultSettings('digits').model, ...shippedModels.digits.config };
const pretrained = measures.models.digits.heldOutLoss;

function offer(training: Partial<TrainingState>, origin: ModelOrigin | null = null) {
  const model = { config, parameters: 1 };
  const state = {
    ...{ status: 'training', model, dataset: 'digits', step: 40, heldOutLosses: [] },
    ...training,
  } as unknown as TrainingState;
  return switchOffer({ training: state, values: { data: { dataset: 'digits' }, origin: { origin } } });
}

const measured = (loss: number) => ({
  heldOutLosses: [
    { step: 10, loss: 2 },
    { step: 40, loss },
  ],
});

describe('the offer to switch from the pretrained model', () => {
  it('comes when the newest held-out loss is within a quarter of its', () => {
    expect(offer({})).toMatchObject({ own: null, pretrained, deserved: false });
    expect(offer(measured(1.3 * pretrained))).toMatchObject({ deserved: false });
    expect(offer(measured(1.2 * pretrained))).toMatchObject({ own: 1.2 * pretrained, deserved: true });
  });

  it('comes at the end of training where losses of another prediction cannot be compared', () => {
    const model = { config: { ...config, objective: 'v' }, parameters: 1 };
    expect(offer({ model, ...measured(0.001) })).toMatchObject({ comparable: false, deserved: false });
    expect(offer({ model, status: 'finished' })).toMatchObject({ comparable: false, deserved: true });
  });

  it.each<[string, Partial<TrainingState>, ModelOrigin | null]>([
    ['nothing was trained', { step: 0 }, null],
    ['there is no model', { model: null }, null],
    ['another data set was learned', { dataset: 'shapes' }, null],
    ['the own model draws already', {}, 'own'],
  ])('does not come where %s', (_, training, origin) => {
    expect(offer(training, origin)).toBeNull();
  });
});
