/** How teacher and student draw: Euler on the flow, with the s that a student learns. */
export const studentSampler = { sampler: 'flowEuler', spacing: 'noiseShare' } as const;
