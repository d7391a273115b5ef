/** In the order of preference. */
export const backendNames = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

export const backendTitles: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript',
};

/** Which backend runs the engine, for the badge on the page. */
export interface BackendReport {
  name: BackendName;
  /** The adapter's own name, or what the CPU kernels use: "SIMD with FMA". */
  device: string;
  threads: number;
  /** Whether the fused kernels run, not the stock ops. */
  fused: boolean;
  /** Why a better backend was passed over, one sentence each; empty where nothing was wrong. */
  notices: string[];
}
