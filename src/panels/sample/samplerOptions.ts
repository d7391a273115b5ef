import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';

/** All samplers, as a field offers them. */
export const samplerOptions = Object.entries(samplers).map(([id, { title, description }]) => ({
  value: id as SamplerId,
  title,
  description,
}));
