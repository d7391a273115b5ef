export const browserArguments: string[];
export const softwareWebgpuArguments: string[];
export function findBrowser(): Promise<string | undefined>;
export function findOrInstallBrowser(): Promise<string>;
