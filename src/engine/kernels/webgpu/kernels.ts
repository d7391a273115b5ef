import * as tf from '@tensorflow/tfjs';
import { hookAccess } from './access';
import type { AdapterTraits } from './adapterTraits';
import type { TfjsWebgpuBackend } from './backend';
import { BindGroups } from './bindGroups';
import { handOutOldestFirst } from './bufferOrder';
import { Deferred } from './deferred';
import { Pipelines } from './pipelines';
import { type Operand, type Plan, Plans } from './plan';
import type { Binding } from './program';
import type { Recording } from './recording';
import { type Region, Regions, regionBinding } from './regions';
import { SlabPool } from './slabs';
import { sumParts } from './sumParts';
import { fixedUniforms, passingUniforms, type UniformValues } from './uniforms';

/** What a plan's dispatches have in common. */
export interface Prepared {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  bindGroups: BindGroups;
  /** Where none of them changes. */
  uniforms?: GPUBuffer;
}

/** Runs compute programs over the tensors of tfjs's WebGPU backend, among its own commands. */
export class WebgpuKernels {
  readonly backend: TfjsWebgpuBackend;
  readonly regions: Regions;
  readonly deferred: Deferred;
  /** Notes what runs, while there is one. */
  recording: Recording | undefined;
  #traits: AdapterTraits;
  #gradients: SlabPool;
  #pipelines: Pipelines;
  #plans = new Plans();
  #prepared = new WeakMap<Plan, Prepared>();

  constructor(backend: TfjsWebgpuBackend, traits: AdapterTraits) {
    this.backend = backend;
    this.#traits = traits;
    this.#gradients = new SlabPool(backend);
    this.#pipelines = new Pipelines(backend.device);
    this.regions = new Regions(backend, (region, into) => {
      this.recording?.spoil('parts of a gradient were added up');
      sumParts(this, region, into);
    });
    this.deferred = new Deferred(backend);
    handOutOldestFirst(backend);
    const wanted = (dataId: object) => {
      this.deferred.complete(dataId);
      if (!this.regions.placeOf(dataId)) this.regions.settle(dataId);
    };
    hookAccess(backend, {
      wanted,
      wantedAlone: (dataId) => {
        wanted(dataId);
        this.regions.settle(dataId);
      },
      placeOf: (dataId) => this.regions.placeOf(dataId),
      read: (dataId) => {
        this.deferred.complete(dataId);
        return this.regions.read(dataId);
      },
      gone: (dataId) => {
        this.deferred.forget(dataId);
        this.regions.leave(dataId);
      },
      stockProgram: () => this.recording?.spoil('a kernel of tfjs itself ran'),
    });
  }

  get traits(): AdapterTraits {
    return this.#traits;
  }

  set traits(traits: AdapterTraits) {
    this.#traits = traits;
    this.#plans.clear();
  }

  /** A new float32 tensor whose elements are not set. */
  output(shape: number[]): tf.TensorInfo {
    return this.backend.makeTensorInfo(shape, 'float32');
  }

  /** A new float32 tensor that is the sum of parts, `[parts, ...shape]` in memory; added up when it is needed. */
  partials(shape: number[], parts: number): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    return this.regions.create(shape, { ...this.#gradients.allocate(4 * size * parts), size, parts });
  }

  /** Where a gradient lies, after moving it into a slab if it has a buffer of its own. */
  inSlab(gradient: tf.TensorInfo): Region {
    this.deferred.complete(gradient.dataId);
    const known = this.regions.of(gradient);
    if (known) return known;
    const size = tf.util.sizeFromShape(gradient.shape);
    const region = { ...this.#gradients.allocate(4 * size), size, parts: 1 };
    this.move(gradient, region);
    return region;
  }

  /** Moves a tensor into a region of one part. */
  move(tensor: tf.TensorInfo, region: Region): void {
    this.recording?.spoil('a tensor was moved');
    this.regions.move(tensor, region);
  }

  /** Whether any gradient lies in the slabs that all steps share. */
  get hasGradients(): boolean {
    return this.#gradients.live > 0;
  }

  /** The next commands shall use these tensors where they lie now, though no dispatch names them. */
  relyOn(tensors: readonly tf.TensorInfo[]): void {
    for (const tensor of tensors) this.recording?.relyOn(tensor, this.#placeOf(tensor));
  }

  /** Whether a tensor still lies in a place. */
  isAt(dataId: object, { buffer, offset = 0 }: GPUBufferBinding): boolean {
    if (!this.backend.tensorMap.has(dataId)) return false;
    const place = this.#placeOf({ dataId });
    return place.buffer === buffer && (place.offset ?? 0) === offset;
  }

  /** Submits what was appended to the backend's commands, so that it comes before what others submit. */
  flush(): void {
    const { backend } = this;
    if (!backend.commandEncoder) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  /** Gives up a tensor that no tf.Tensor stands for. */
  dispose({ dataId }: tf.TensorInfo): void {
    this.backend.disposeData(dataId);
  }

  /** The plan of a key, which tells the kernel and all shapes and settings that the plan depends on. */
  plan<P extends Plan>(key: string, make: () => P): P {
    return this.#plans.of(key, make);
  }

  /**
   * Appends a dispatch to the backend's commands. `operands` are the program's buffers by their names, of its element
   * type; none may be written and also read. `changing` tells the uniforms that the plan leaves open.
   */
  run(
    plan: Plan,
    operands: Readonly<Record<string, Operand | undefined>>,
    changing?: () => UniformValues,
  ): void {
    const { backend } = this;
    const { program } = plan;
    const { pipeline, bindGroups, uniforms } = this.prepare(plan);
    const buffer = uniforms ?? passingUniforms(backend, program, { ...plan.values, ...changing?.() });
    const bindings = program.buffers.map((declared): GPUBufferBinding => {
      const operand = operands[declared.name];
      if (!operand) throw new Error(`${program.key}: the buffer '${declared.name}' is missing.`);
      return 'dataId' in operand ? this.#bindingOf(operand, declared) : operand;
    });
    this.recording?.add(plan, operands, bindings, changing);
    const bindGroup = bindGroups.of([...bindings, { buffer }]);

    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...plan.workgroups);
    backend.dispatchCountInPass++;
    if (backend.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
      backend.endComputePassEncoder();
      backend.submitQueue();
    }
  }

  /** What a plan's dispatches have in common, made at its first use. */
  prepare(plan: Plan): Prepared {
    const known = this.#prepared.get(plan);
    if (known) return known;
    const { program, values } = plan;
    const { device } = this.backend;
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    const asked = Math.max(...plan.workgroups.map((count) => count ?? 1));
    // The device would be lost over it.
    if (asked > most)
      throw new Error(
        `The GPU runs at most ${most.toLocaleString('en')} workgroups side by side, and this size needs ` +
          `${asked.toLocaleString('en')}. Use a smaller batch.`,
      );
    const { pipeline, layout } = this.#pipelines.of(program);
    const prepared: Prepared = { pipeline, layout, bindGroups: new BindGroups(device, layout) };
    if (!program.uniforms.changing) prepared.uniforms = fixedUniforms(device, program, values);
    this.#prepared.set(plan, prepared);
    return prepared;
  }

  #placeOf({ dataId }: Pick<tf.TensorInfo, 'dataId'>): GPUBufferBinding {
    const region = this.regions.of({ dataId });
    return region
      ? regionBinding(region)
      : { buffer: this.backend.tensorMap.get(dataId).resource as GPUBuffer };
  }

  #bindingOf(tensor: tf.TensorInfo, { access }: Binding): GPUBufferBinding {
    const { backend, regions } = this;
    const { dataId } = tensor;
    this.deferred.complete(dataId);
    this.recording?.willUpload(dataId);
    const region = regions.of(tensor);
    if (region && !(access === 'read' && region.parts > 1)) {
      backend.commandQueueOwnedIds.add(dataId);
      return regionBinding(region);
    }
    backend.uploadToGPU(dataId);
    backend.commandQueueOwnedIds.add(dataId);
    return this.#placeOf(tensor);
  }
}
