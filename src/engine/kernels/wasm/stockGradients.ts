import * as tf from '@tensorflow/tfjs';

interface FilterGradientAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterShape: [number, number, number, number];
}

/**
 * Registers Conv2DBackpropFilter, which the stock wasm backend lacks, composed of its own operations (windows of x
 * side by side, transposed, times dy), so that referenceOperations can train on wasm and be compared with.
 */
export function registerStockGradients(): void {
  if (tf.getKernel('Conv2DBackpropFilter', 'wasm')) return;
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
      return tf.tidy(() => filterGradient(x, dy, attrs as unknown as FilterGradientAttributes));
    },
  });
}

function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, attributes: FilterGradientAttributes): tf.Tensor4D {
  const { strides, pad, dimRoundingMode, filterShape } = attributes;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const { top, bottom, left, right } = info.padInfo;
  const { strideHeight, strideWidth, outHeight, outWidth, batchSize } = info;
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  const [height, width, inputs, outputs] = filterShape;
  const windows: tf.Tensor4D[] = [];
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++) {
      windows.push(
        tf.stridedSlice(
          padded,
          [0, y, column, 0],
          [
            batchSize,
            y + (outHeight - 1) * strideHeight + 1,
            column + (outWidth - 1) * strideWidth + 1,
            inputs,
          ],
          [1, strideHeight, strideWidth, 1],
        ) as tf.Tensor4D,
      );
    }
  }
  const pixels = batchSize * outHeight * outWidth;
  const patches = tf.concat(windows, 3).reshape([pixels, height * width * inputs]);
  return tf.matMul(patches.transpose(), dy.reshape([pixels, outputs])).reshape(filterShape);
}
