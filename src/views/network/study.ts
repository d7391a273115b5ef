import { type Activation, activations, moduleOutputs } from '../../engine/network/activations';
import { type AttentionMap, attentionMaps, type Place } from '../../engine/network/attentionMaps';
import { type BlockDetail, blockDetail, detailPoints } from '../../engine/network/blockDetail';
import { type Change, changeHooks } from '../../engine/network/changes';
import type { Study } from '../../engine/study/study';

export interface InsideRequest {
  /** One image HWC at time t. */
  x: Float32Array;
  t: number;
  /** Its class, −1 for none. */
  label: number;
  /** A pixel of the image: attention is shown from there, and the block worked out. */
  place: Place;
  /** The block that is taken apart, and one of its channels. */
  block: string;
  channel: number;
  changes: readonly Change[];
}

export interface InsideAnswer {
  /** What every module gives, `[1,C,H,W]`. */
  outputs: ReadonlyMap<string, Activation>;
  attention: AttentionMap[];
  /** None of the time embedding. */
  detail?: BlockDetail;
  /** What the network predicts with no changes, `[1,C,H,W]`. */
  unbroken: Activation;
}

/** Everything that the network computes for one image, in one pass; where it is changed, in a second what it predicts without. */
export const insideNetwork: Study<InsideRequest, InsideAnswer> = async (
  { config, operations, weights, inTurn },
  { x, t, label, place, block, channel, changes },
) => {
  const input = { x, t: [t], labels: [label] };
  const outputs = moduleOutputs(config);
  const points = new Set([...outputs, ...detailPoints(config, block)]);
  const hooks = changeHooks(config, changes);
  return inTurn(async () => {
    const seen = await activations(config, operations, weights, input, points, hooks);
    const without =
      changes.length > 0 ? await activations(config, operations, weights, input, ['final']) : seen;
    const detail = await blockDetail(config, weights, seen, { block, place, channel });
    return {
      outputs: new Map(outputs.map((name) => [name, seen.get(name) as Activation])),
      attention: attentionMaps(config, seen, place),
      ...(detail && { detail }),
      unbroken: without.get('final') as Activation,
    };
  });
};
