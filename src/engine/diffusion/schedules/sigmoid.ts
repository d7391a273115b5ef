import { betasFromAlphaBar } from './fromAlphaBar';

/** ᾱ(u) falls as a sigmoid from u = 0 to 1 over (−3, 3), scaled to start at 1 (Jabri et al. 2022, algorithm 5). */
export function sigmoidBetas(nSteps: number): Float64Array {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const [start, end] = [-3, 3];
  return betasFromAlphaBar(
    nSteps,
    (u) => (sigmoid(end) - sigmoid(u * (end - start) + start)) / (sigmoid(end) - sigmoid(start)),
  );
}
