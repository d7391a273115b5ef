import * as tf from '@tensorflow/tfjs';

/** A device of our own making: tfjs's does not check for a missing adapter, nor listen for its loss. */
export interface WebgpuStart {
  /** Vendor and architecture, as far as the browser tells. */
  device: string;
  /** The adapter computes on the CPU. */
  software: boolean;
}

export interface WebgpuOptions {
  /** Whether a software adapter will do; if not, it is an error that says so. */
  allowSoftware: boolean;
  /** Called once when the device is lost, or when it reports an error that nothing else would notice. */
  onLost: (reason: string) => void;
}

/** Starts tfjs's WebGPU backend with our kernels and makes it the current one. Throws with a sentence for the user. */
export async function startWebgpu({ allowSoftware, onLost }: WebgpuOptions): Promise<WebgpuStart> {
  const gpu = globalThis.navigator?.gpu;
  if (!gpu) throw new Error('this browser does not offer it');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no adapter');
  const software = isSoftware(adapter);
  if (software && !allowSoftware) {
    throw new Error(
      `the only adapter (${nameOf(adapter)}) computes on the CPU, more slowly than WebAssembly does`,
    );
  }
  const device = await requestDevice(adapter);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info as never));
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs could not start on the device');
  const { registerWebgpuKernels } = await import('../kernels/webgpu/register');
  registerWebgpuKernels();

  let told = false;
  const tell = (reason: string) => {
    if (!told) onLost(reason);
    told = true;
  };
  void device.lost.then(({ reason, message }) => tell(message || reason));
  device.addEventListener('uncapturederror', ({ error }) => tell(error.message));
  return { device: nameOf(adapter), software };
}

/** With the adapter's own limits: tensors of a UNet outgrow the default ones. */
function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const wanted = ['timestamp-query', 'subgroups', 'shader-f16'] as GPUFeatureName[];
  const { limits } = adapter;
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
}

/** Whether the adapter computes on the CPU: some say so by name only. */
export function isSoftware(adapter: Pick<GPUAdapter, 'info'> & { isFallbackAdapter?: boolean }): boolean {
  const { info } = adapter;
  if (adapter.isFallbackAdapter || (info as { isFallbackAdapter?: boolean }).isFallbackAdapter) return true;
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(
    `${info.vendor} ${info.architecture} ${info.description}`,
  );
}

function nameOf({ info }: GPUAdapter): string {
  const words = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
  return words || 'an adapter without a name';
}
