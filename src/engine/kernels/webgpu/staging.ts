/** Buffers by which values come back from the device, one for each read that is on its way. */
export class Staging {
  #device: GPUDevice;
  #size: number;
  #free: GPUBuffer[] = [];
  #disposed = false;

  /** For values of so many bytes. */
  constructor(device: GPUDevice, size: number) {
    this.#device = device;
    this.#size = size;
  }

  /** A buffer to copy values into; `read` gives it back. */
  take(): GPUBuffer {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    return this.#free.pop() ?? this.#device.createBuffer({ size: this.#size, usage });
  }

  /** The values in a buffer, when what was submitted has been computed. Rejects where the device is lost. */
  async read(buffer: GPUBuffer): Promise<Float32Array> {
    await buffer.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(buffer.getMappedRange().slice(0));
    buffer.unmap();
    if (this.#disposed) buffer.destroy();
    else this.#free.push(buffer);
    return values;
  }

  /** Reads that are on their way still arrive. */
  dispose(): void {
    this.#disposed = true;
    for (const buffer of this.#free.splice(0)) buffer.destroy();
  }
}
