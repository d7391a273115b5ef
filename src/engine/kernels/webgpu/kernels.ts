import * as tf from '@tensorflow/tfjs';
import type { AdapterTraits } from './adapterTraits';
import type { TfjsWebgpuBackend } from './backend';
import { type Program, shaderOf } from './program';
import { type Region, Regions, regionBinding } from './regions';
import { SlabPool } from './slabs';
import { sumParts } from './sumParts';
import { UniformBuffers, type UniformValues } from './uniforms';

/** A tensor (of one part, if it lies in a slab), or a place in a buffer. */
export type Operand = tf.TensorInfo | GPUBufferBinding;

/** Runs compute programs over the tensors of tfjs's WebGPU backend, among its own commands. */
export class WebgpuKernels {
  readonly backend: TfjsWebgpuBackend;
  readonly regions: Regions;
  traits: AdapterTraits;
  #uniforms: UniformBuffers;
  #gradients: SlabPool;
  #pipelines = new Map<string, { pipeline: GPUComputePipeline; layout: GPUBindGroupLayout }>();

  constructor(backend: TfjsWebgpuBackend, traits: AdapterTraits) {
    this.backend = backend;
    this.traits = traits;
    this.#uniforms = new UniformBuffers(backend);
    this.#gradients = new SlabPool(backend);
    this.regions = new Regions(backend, (region, into) => sumParts(this, region, into));
  }

  /** A new float32 tensor whose elements are not set. */
  output(shape: number[]): tf.TensorInfo {
    return this.backend.makeTensorInfo(shape, 'float32');
  }

  /** A new float32 tensor that is the sum of parts, `[parts, ...shape]` in memory; added up by whoever needs it. */
  partials(shape: number[], parts: number): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    return this.regions.create(shape, { ...this.#gradients.allocate(4 * size * parts), size, parts });
  }

  /** Where a gradient lies, after moving it into a slab if it has a buffer of its own. */
  inSlab(gradient: tf.TensorInfo): Region {
    const known = this.regions.of(gradient);
    if (known) return known;
    const size = tf.util.sizeFromShape(gradient.shape);
    const region = { ...this.#gradients.allocate(4 * size), size, parts: 1 };
    this.regions.move(gradient, region);
    return region;
  }

  /** Gives up a tensor that no tf.Tensor stands for. */
  dispose({ dataId }: tf.TensorInfo): void {
    this.backend.disposeData(dataId);
  }

  /**
   * Appends a dispatch to the backend's commands. `operands` are the program's buffers by their names, of its element
   * type; none may be written and also read.
   */
  run(
    program: Program,
    operands: Readonly<Record<string, Operand>>,
    values: UniformValues,
    workgroups: readonly [x: number, y?: number, z?: number],
  ): void {
    const { backend } = this;
    const { pipeline, layout } = this.#pipeline(program);
    const entries: GPUBindGroupEntry[] = program.buffers.map(({ name, access }, binding) => {
      const operand = operands[name];
      if (!operand) throw new Error(`${program.key}: the buffer '${name}' is missing.`);
      return {
        binding,
        resource: 'dataId' in operand ? this.#bindingOf(operand, access === 'read') : operand,
      };
    });
    entries.push({ binding: entries.length, resource: { buffer: this.#uniforms.buffer(program, values) } });
    const bindGroup = backend.device.createBindGroup({ layout, entries });

    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...workgroups);
    backend.dispatchCountInPass++;
    if (backend.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
      backend.endComputePassEncoder();
      backend.submitQueue();
    }
  }

  #bindingOf(tensor: tf.TensorInfo, reads: boolean): GPUBufferBinding {
    const { backend, regions } = this;
    const { dataId } = tensor;
    const region: Region | undefined = regions.of(tensor);
    if (region && !(reads && region.parts > 1)) {
      backend.commandQueueOwnedIds.add(dataId);
      return regionBinding(region);
    }
    backend.uploadToGPU(dataId);
    backend.commandQueueOwnedIds.add(dataId);
    return { buffer: backend.tensorMap.get(dataId).resource as GPUBuffer };
  }

  #pipeline(program: Program) {
    const known = this.#pipelines.get(program.key);
    if (known) return known;
    const { device } = this.backend;
    const storage = (access: 'read' | 'read_write'): GPUBufferBindingLayout => ({
      type: access === 'read' ? 'read-only-storage' : 'storage',
    });
    const buffers = [...program.buffers.map(({ access }) => storage(access)), { type: 'uniform' as const }];
    const layout = device.createBindGroupLayout({
      entries: buffers.map((buffer, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer })),
    });
    const made = {
      layout,
      pipeline: device.createComputePipeline({
        label: program.key,
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: device.createShaderModule({ label: program.key, code: shaderOf(program) }) },
      }),
    };
    this.#pipelines.set(program.key, made);
    return made;
  }
}
