import type * as tf from '@tensorflow/tfjs';
import { conv2dKernels } from '../conv2d/webgpu';
import { replaceKernel } from '../replaceKernel';
import type { WebgpuKernels } from '../webgpu/kernels';
import type { Operand } from '../webgpu/plan';
import { bindings, programOf } from '../webgpu/program';
import { isAligned } from '../webgpu/vectorAccess';
import { oneByOne } from './oneByOne';

/** Rows of a thread, and threads of a workgroup across outputs and rows. */
const ROWS = 4;
const ACROSS = 16;
const DOWN = 4;
/** With more rows, products in tiles of their own are faster than their dispatches are slow. */
const MOST_ROWS = 64;
const MOST_KERNELS = 8;

/** linears on WebGPU: as many kernels in a dispatch as there are bindings for. */
export function registerLinears(kernels: WebgpuKernels): void {
  replaceKernel('webgpu', 'DdpmLinears', ({ inputs }) => {
    const [x, ...matrices] = inputs as unknown as [tf.TensorInfo, ...tf.TensorInfo[]];
    if ((x.shape[0] as number) > MOST_ROWS) return oneByOne(conv2dKernels, kernels, [x, ...matrices]);
    const bindable = kernels.backend.device.limits.maxStorageBuffersPerShaderStage;
    const most = Math.min(MOST_KERNELS, Math.floor((bindable - 1) / 2));
    const outputs: tf.TensorInfo[] = [];
    for (let start = 0; start < matrices.length; start += most)
      outputs.push(...together(kernels, x, matrices.slice(start, start + most)));
    return outputs;
  });
}

function together(kernels: WebgpuKernels, x: tf.TensorInfo, matrices: tf.TensorInfo[]): tf.TensorInfo[] {
  const [rows, inputs] = x.shape as [number, number];
  const widths = matrices.map(({ shape }) => shape[1] as number);
  const plan = kernels.plan(`linears ${x.shape} ${widths}`, () => {
    const unit = widths.every(isAligned) ? 4 : 1;
    const units = widths.map((width) => width / unit);
    return {
      program: linearsProgram(widths.length, unit),
      values: { rows, inputs, ...Object.fromEntries(units.map((width, i) => [`width${i}`, width])) },
      workgroups: [
        Math.ceil(Math.max(...units) / ACROSS),
        Math.ceil(rows / (ROWS * DOWN)),
        widths.length,
      ] as const,
    };
  });
  const outputs = widths.map((width) => kernels.output([rows, width]));
  const operands: Record<string, Operand> = { x };
  matrices.forEach((matrix, i) => {
    operands[`kernel${i}`] = matrix;
    operands[`y${i}`] = outputs[i] as tf.TensorInfo;
  });
  kernels.run(plan, operands);
  return outputs;
}

/** y_i = x·kernel_i, its last row being the bias: a thread has ROWS rows of one element of the output. */
const linearsProgram = (count: number, unit: 1 | 4) =>
  programOf(`linears ${count} ${unit}`, () => {
    const type = unit === 4 ? 'vec4<f32>' : 'f32';
    const each = Array.from({ length: count }, (_, i) => i);
    const rows = Array.from({ length: ROWS }, (_, r) => r);
    return {
      buffers: [
        ...bindings('read', ['x']),
        ...bindings(
          'read',
          each.map((i) => `kernel${i}`),
          type,
        ),
        ...bindings(
          'read_write',
          each.map((i) => `y${i}`),
          type,
        ),
      ],
      uniforms: { whole: ['rows', 'inputs', ...each.map((i) => `width${i}`)] },
      source: () => `
${each
  .map(
    (i) => `
fn product${i}(row: i32, column: i32) {
  if (column >= u.width${i}) { return; }
  let bias = kernel${i}[u.inputs * u.width${i} + column];
  ${rows.map((r) => `var sum${r} = bias; let x${r} = min(row + ${r}, u.rows - 1) * u.inputs;`).join('\n  ')}
  for (var k = 0; k < u.inputs; k++) {
    let weight = kernel${i}[k * u.width${i} + column];
    ${rows.map((r) => `sum${r} += x[x${r} + k] * weight;`).join(' ')}
  }
  ${rows.map((r) => `if (row + ${r} < u.rows) { y${i}[(row + ${r}) * u.width${i} + column] = sum${r}; }`).join('\n  ')}
}`,
  )
  .join('')}
@compute @workgroup_size(${ACROSS}, ${DOWN})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = i32(id.y) * ${ROWS};
  let column = i32(id.x);
  switch id.z {
    ${each.map((i) => `case ${i}: { product${i}(row, column); }`).join('\n    ')}
    default: {}
  }
}`,
    };
  });
