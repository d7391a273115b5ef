/** Φ(x) ≈ ½ (1 + tanh(slope · (x + cubic · x³))) to 3e-4: what Improved DDPM takes in training, which has to be differentiated. */
export const NORMAL_CDF = { slope: Math.sqrt(2 / Math.PI), cubic: 0.044715 };
/** Beyond it tanh is ±1 in float32, and some GPUs overflow. */
export const STEEPEST = 15;
/** The least share of a bin whose logarithm is taken. */
export const LEAST_SHARE = 1e-12;
