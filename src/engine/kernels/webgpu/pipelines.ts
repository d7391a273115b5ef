import { type Program, shaderOf } from './program';

export interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/** The compiled programs of a device. */
export class Pipelines {
  #device: GPUDevice;
  #known = new Map<string, Pipeline>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  of(program: Program): Pipeline {
    let known = this.#known.get(program.key);
    if (!known) {
      known = this.#compile(program);
      this.#known.set(program.key, known);
    }
    return known;
  }

  #compile(program: Program): Pipeline {
    const device = this.#device;
    const types: GPUBufferBindingType[] = [
      ...program.buffers.map(({ access }) => (access === 'read' ? 'read-only-storage' : 'storage')),
      'uniform',
    ];
    const layout = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    });
    return {
      layout,
      pipeline: device.createComputePipeline({
        label: program.key,
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: device.createShaderModule({ label: program.key, code: shaderOf(program) }) },
      }),
    };
  }
}
