/** What an adapter is good at. */
export interface AdapterTraits {
  /** It runs on the CPU. */
  software: boolean;
  /** Threads can read values of the other three of their quad. */
  quads: boolean;
}

/** The traits of a device's adapter; one that does not say what it is counts as a GPU. */
export function traitsOf({ adapterInfo, features }: GPUDevice): AdapterTraits {
  const { isFallbackAdapter, vendor, architecture, device, description } = adapterInfo ?? {};
  const names = [vendor, architecture, device, description].join(' ');
  return {
    software: isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(names),
    quads: features.has('subgroups'),
  };
}
