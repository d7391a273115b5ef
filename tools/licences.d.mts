export function packagesOfLock(): { name: string; version: string; licence: string; dev: boolean }[];
export function licencesPage(): string;
