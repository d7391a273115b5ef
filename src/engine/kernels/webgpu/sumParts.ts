import type { Dispatcher } from './plan';
import { bindings, programOf } from './program';
import { type Region, regionBinding } from './regions';

/** Adds up the parts of a region in a buffer of the tensor's size. */
export function sumParts(kernels: Dispatcher, region: Region, into: GPUBuffer): void {
  const { size, parts } = region;
  const plan = kernels.plan(`sum parts ${size} ${parts}`, () => ({
    program: sumPartsProgram(),
    values: { size, count: parts },
    workgroups: [Math.min(Math.ceil(size / 256), 4096)],
  }));
  kernels.run(plan, { parts: regionBinding(region), total: { buffer: into } });
}

const sumPartsProgram = () =>
  programOf('sum parts', () => ({
    buffers: [...bindings('read', ['parts']), ...bindings('read_write', ['total'])],
    uniforms: { whole: ['size', 'count'] },
    source: () => `
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = i32(id.x); i < u.size; i += i32(groups.x) * 256) {
    var sum = 0.0;
    for (var part = 0; part < u.count; part++) { sum += parts[part * u.size + i]; }
    total[i] = sum;
  }
}`,
  }));
