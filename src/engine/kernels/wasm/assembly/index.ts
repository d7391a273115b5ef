// The kernels module: every export is a job (see job.ts).
export { adamEma } from './adamEma';
export { attention } from './attention';
export { attentionGradient } from './attentionGradient';
export { joinChannels, splitChannels } from './channels';
export { convolve } from './convolve';
export { groupNorm } from './groupNorm';
export { groupNormGradient } from './groupNormGradient';
export { kernelGradient } from './kernelGradient';
export { hybridError } from './hybridError';
export { packPanels } from './panels';
export { pixelSum } from './pixelSum';
export { add, combine, silu, siluGradient } from './pointwise';
export { squaredError } from './squaredError';
export { winograd } from './winograd';
export { packWinograd, winogradKernelGradient, winogradProducts, winogradTiles } from './winogradKernel';
