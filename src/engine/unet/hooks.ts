import type * as tf from '@tensorflow/tfjs';
import type { ModelConfig } from './config';
import { modulesOf, type UNetModule } from './modules';

/**
 * What to do at points of the network, by their names (pointsOf). A hook gets the value at its point, NHWC or
 * `[N, channels]`, and returns what the network goes on with: the same tensor, or another of its shape. The weights of
 * an attention block, `[N,L,L]`, can only be observed.
 */
export type ForwardHooks = ReadonlyMap<string, (value: tf.Tensor) => tf.Tensor>;

/** Length of the last axis of the value at each point that a hook can change, in the order in which they are computed. */
export function pointsOf(config: ModelConfig): Map<string, number> {
  const time = 4 * config.nChannels;
  const embeddings: [string, number][] = config.nClasses > 0 ? [['class_emb', time]] : [];
  return new Map([...embeddings, ...modulesOf(config).flatMap(pointsIn)]);
}

/** Names of the points where attention weights can be observed. */
export function attentionPoints(config: ModelConfig): string[] {
  return modulesOf(config).flatMap(({ kind, name }) => (kind === 'attention' ? [`${name}.weights`] : []));
}

function pointsIn({ kind, name, inputs, outputs, skip }: UNetModule): [string, number][] {
  switch (kind) {
    case 'time':
      return [[name, outputs]];
    case 'convolution':
      return [
        [`${name}.input`, inputs],
        [name, outputs],
      ];
    case 'downsample':
    case 'upsample':
      return [
        [`${name}.conv.input`, inputs],
        [name, outputs],
      ];
    case 'attention':
      return [
        [`${name}.output`, outputs],
        [name, outputs],
      ];
    case 'residual':
      return [
        ...(skip ? [[`${name}.skip`, skip.channels] as [string, number]] : []),
        [`${name}.input`, inputs],
        [`${name}.time_emb`, outputs],
        [`${name}.conv1.input`, inputs],
        [`${name}.conv1`, outputs],
        [`${name}.conv2.input`, outputs],
        [name, outputs],
      ];
  }
}
