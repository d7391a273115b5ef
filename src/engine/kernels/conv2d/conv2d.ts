import * as tf from '@tensorflow/tfjs';
import { type ConvAttributes, runKernel } from '../contracts';
import type { Operations } from '../operations';

/** conv2d as one kernel forward; backward, one for the input, one for the kernel with its bias, one for the shift. */
export const conv2d: Operations['conv2d'] = (x, kernel, { size, stride = 1, shift, residual, shortcut }) => {
  const attributes: ConvAttributes = { size, stride };
  const pointwise: ConvAttributes = { size: 1, stride: 1 };
  const extras: tf.Tensor[] = [];
  if (shift) extras.push(shift);
  if (residual) extras.push(residual);
  if (shortcut) extras.push(shortcut.x, shortcut.kernel);

  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [y] = runKernel(
      'DdpmConv2d',
      { x, kernel, shift, residual, shortcutX: shortcut?.x, shortcutKernel: shortcut?.kernel },
      attributes,
    );
    save(shortcut ? [x, kernel, shortcut.x, shortcut.kernel] : [x, kernel]);
    return {
      value: y as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedX, savedKernel, shortcutX, shortcutKernel] = saved as tf.Tensor4D[];
        const gradients = [
          ...inputGradient(dy, savedKernel as tf.Tensor, (savedX as tf.Tensor4D).shape, attributes),
          ...runKernel('DdpmConv2dKernelGradient', { x: savedX as tf.Tensor, dy }, attributes),
        ];
        if (shift) gradients.push(...runKernel('DdpmPixelSum', { dy }, {}));
        if (residual) gradients.push(dy);
        if (shortcutX && shortcutKernel) {
          gradients.push(
            ...inputGradient(dy, shortcutKernel, shortcutX.shape, pointwise),
            ...runKernel('DdpmConv2dKernelGradient', { x: shortcutX, dy }, pointwise),
          );
        }
        return gradients;
      },
    };
  });
  return operation(x, kernel, ...extras) as tf.Tensor4D;
};

function inputGradient(
  dy: tf.Tensor,
  kernel: tf.Tensor,
  inputShape: tf.Tensor4D['shape'],
  attributes: ConvAttributes,
) {
  return runKernel('DdpmConv2dInputGradient', { dy, kernel }, { ...attributes, inputShape });
}
