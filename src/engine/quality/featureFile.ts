import * as tf from '@tensorflow/tfjs';
import { floatData } from '../checkpoint/model';
import { readSafetensors } from '../checkpoint/safetensors';
import { datasets, isShippedDatasetId, type ShippedDatasetId } from '../data/datasets';
import { messageOf } from '../messageOf';
import { type FeatureConfig, type FeatureLayer, type FeatureWeights, featureLayers } from './featureNetwork';

/** The trained network of a data set, as plain arrays. */
export interface FeatureFile {
  config: FeatureConfig;
  layers: Readonly<Record<FeatureLayer, Float32Array>>;
  /** Share of the held-out images whose class it knows. */
  accuracy: number;
  /** Makes the features' variance over training images 1 on average. */
  scale: number;
}

/** Name of a data set's file in `public/models`; tools/features/make.ts trains them. */
export function featureFileName(dataset: ShippedDatasetId): string {
  return `features-${dataset}.safetensors`;
}

export function featureConfig(dataset: ShippedDatasetId): FeatureConfig {
  const { imageSize, channels, classNames } = datasets[dataset];
  return { imageSize, imageChannels: channels, classes: classNames.length };
}

/** Reads a file of this data set. Throws where tensors are missing or of another shape. */
export function readFeatureFile(bytes: Uint8Array, dataset: ShippedDatasetId): FeatureFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const config = featureConfig(dataset);
  const layers = Object.entries(featureLayers(config)).map(([name, shape]) => {
    const tensor = tensors.get(name);
    if (!tensor || tensor.shape.join() !== shape.join())
      throw new Error(`The feature network has no '${name}' of ${shape.join('×')}.`);
    return [name, floatData(name, tensor)];
  });
  const [accuracy, scale] = [Number(metadata.accuracy), Number(metadata.scale)];
  if (!(accuracy >= 0 && scale > 0))
    throw new Error('The feature network does not say its accuracy and scale.');
  return {
    config,
    layers: Object.fromEntries(layers) as Record<FeatureLayer, Float32Array>,
    accuracy,
    scale,
  };
}

/** The network of any data set; null of images of one's own, which none has learned. Throws a message for the user. */
export async function featuresOf(
  dataset: string,
  read: (fileName: string) => Promise<Uint8Array>,
): Promise<FeatureFile | null> {
  if (!isShippedDatasetId(dataset)) return null;
  const name = featureFileName(dataset);
  try {
    return readFeatureFile(await read(name), dataset);
  } catch (error) {
    throw new Error(
      `The network whose features are compared, models/${name}, cannot be used (${messageOf(error)}). Try again.`,
    );
  }
}

/** The network's weights as tensors of the current backend; the caller disposes of them. */
export function featureWeights({ config, layers }: FeatureFile): FeatureWeights {
  const shapes = Object.entries(featureLayers(config)) as [FeatureLayer, readonly [number, number]][];
  return Object.fromEntries(
    shapes.map(([name, [rows, columns]]) => [name, tf.tensor2d(layers[name], [rows, columns])]),
  ) as Record<FeatureLayer, tf.Tensor2D>;
}
