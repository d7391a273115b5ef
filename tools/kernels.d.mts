export function modified(path: string): number;
export function compileKernels(tell: (text: string) => void): void;
