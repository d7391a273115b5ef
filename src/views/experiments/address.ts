const parameter = 'experiment';

/** The experiment whose card an address asks for; there may be none of that name. */
export function experimentIn(address: string): string | null {
  return new URL(address).searchParams.get(parameter);
}

/** The address with the card of an experiment, or without any. */
export function withExperiment(address: string, id: string | null): string {
  const url = new URL(address);
  if (id === null) url.searchParams.delete(parameter);
  else url.searchParams.set(parameter, id);
  return url.href;
}
