import { betasFromAlphaBar } from './fromAlphaBar';

/** ᾱ(u) = cos²((u + s)/(1 + s) · π/2) with s = 0.008 (Nichol and Dhariwal 2021, eq. 17). */
export function cosineBetas(nSteps: number): Float64Array {
  const offset = 0.008;
  return betasFromAlphaBar(nSteps, (u) => Math.cos((((u + offset) / (1 + offset)) * Math.PI) / 2) ** 2);
}
