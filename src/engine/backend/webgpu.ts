import * as tf from '@tensorflow/tfjs';

export interface WebgpuStart {
  /** Vendor and architecture, as far as the browser tells. */
  device: string;
  /** The adapter computes on the CPU. */
  software: boolean;
}

export interface WebgpuOptions {
  /** Whether a software adapter will do; if not, it is an error that says so. */
  allowSoftware: boolean;
  /**
   * Called once, when the device is lost or reports an error that no call would notice (out of memory, say): what is
   * computed from then on is not true.
   */
  onLost: (reason: string) => void;
}

/** An adapter that takes longer than this to be found is a driver that hangs. */
const ADAPTER_TIMEOUT_MS = 10_000;

/** Each submission costs the CPU time, and a train step of a small model waits for nothing else; tfjs's own is 15. */
const DISPATCHES_OF_A_SUBMISSION = 60;

/**
 * Starts tfjs's WebGPU backend with our kernels and makes it the current one. The device is of our own making, since
 * tfjs's does not check for a missing adapter, nor listen for its loss. Throws with a sentence for the user.
 */
export async function startWebgpu({ allowSoftware, onLost }: WebgpuOptions): Promise<WebgpuStart> {
  const adapter = await findAdapter(globalThis.navigator?.gpu, allowSoftware);
  const device = await requestDevice(adapter);
  listenForFaults(device, onLost);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info as never));
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js could not start on the device');
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', DISPATCHES_OF_A_SUBMISSION);
  const { registerWebgpuKernels } = await import('../kernels/webgpu/register');
  registerWebgpuKernels();
  return { device: nameOf(adapter), software: isSoftware(adapter) };
}

/** The adapter to compute on. Throws, saying why, where there is none, or only one that computes on the CPU. */
export async function findAdapter(
  gpu: Pick<GPU, 'requestAdapter'> | undefined,
  allowSoftware: boolean,
  timeoutMs = ADAPTER_TIMEOUT_MS,
): Promise<GPUAdapter> {
  if (!gpu) throw new Error('this browser does not offer it');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the graphics driver does not answer')), timeoutMs);
  });
  const request = gpu.requestAdapter({ powerPreference: 'high-performance' });
  const adapter = await Promise.race([request, timeout]).finally(() => clearTimeout(timer));
  if (!adapter) throw new Error('this machine has no graphics adapter that the browser lets it use');
  if (isSoftware(adapter) && !allowSoftware) {
    throw new Error(
      `the only adapter (${nameOf(adapter)}) computes on the CPU, more slowly than WebAssembly does`,
    );
  }
  return adapter;
}

/** Whether the adapter computes on the CPU: some say so by name only. */
export function isSoftware(adapter: Pick<GPUAdapter, 'info'> & { isFallbackAdapter?: boolean }): boolean {
  const { info } = adapter;
  if (adapter.isFallbackAdapter || (info as { isFallbackAdapter?: boolean }).isFallbackAdapter) return true;
  const names = [info.vendor, info.architecture, info.device, info.description].join(' ');
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(names);
}

function nameOf({ info }: GPUAdapter): string {
  const words = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
  return words || 'an adapter without a name';
}

/** With the adapter's own limits: tensors of a U-Net outgrow the default ones. All numbers are float32. */
function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const wanted = ['subgroups'] as GPUFeatureName[];
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

function listenForFaults(device: GPUDevice, onLost: (reason: string) => void): void {
  let told = false;
  const tell = (reason: string) => {
    if (!told) onLost(reason);
    told = true;
  };
  void device.lost.then(({ reason, message }) => tell(message || reason));
  device.addEventListener('uncapturederror', ({ error }) =>
    tell(error instanceof GPUOutOfMemoryError ? 'its memory is full' : error.message),
  );
}
