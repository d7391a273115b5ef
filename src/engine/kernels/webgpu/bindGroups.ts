import { ordinalOf } from './bufferOrder';

/** For one plan: more than any needs in a step, by far. */
export const MOST_BIND_GROUPS = 256;

/** The bind groups of a plan, by what they bind: making one takes longer than all else that a dispatch asks of the CPU. */
export class BindGroups {
  #device: GPUDevice;
  #layout: GPUBindGroupLayout;
  #known = new Map<string, GPUBindGroup>();

  constructor(device: GPUDevice, layout: GPUBindGroupLayout) {
    this.#device = device;
    this.#layout = layout;
  }

  /** `bindings` in the order of the layout. */
  of(bindings: readonly GPUBufferBinding[]): GPUBindGroup {
    let key = '';
    for (const { buffer, offset = 0, size = 0 } of bindings) key += `${ordinalOf(buffer)},${offset},${size} `;
    let group = this.#known.get(key);
    if (!group) {
      // The oldest one goes.
      if (this.#known.size === MOST_BIND_GROUPS)
        this.#known.delete(this.#known.keys().next().value as string);
      const entries = bindings.map((resource, binding) => ({ binding, resource }));
      group = this.#device.createBindGroup({ layout: this.#layout, entries });
      this.#known.set(key, group);
    }
    return group;
  }
}
