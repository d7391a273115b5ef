import type { FoundModel } from './findModel';

/** So many names are told; of more, how many there are. */
const MOST_NAMES = 8;
const LONGEST_NAME = 60;

/** Says which weights of a file were taken, and what else in it was not read; null where there was no choice. */
export function foundWords({ prefix, rawPrefix, isEma, ignored }: FoundModel): string | null {
  const kind = isEma ? 'EMA weights' : 'weights';
  const said: string[] = [];
  if (prefix !== '') said.push(`The ${kind} under '${shortened(prefix)}' are used.`);
  if (rawPrefix !== prefix) {
    const where = rawPrefix === '' ? 'without a prefix' : `under '${shortened(rawPrefix)}'`;
    said.push(`The raw weights are those ${where}.`);
  }
  if (ignored.length > 0) {
    const more = ignored.length - MOST_NAMES;
    const names = ignored.slice(0, MOST_NAMES).map(shortened).join(', ');
    said.push(`Not read: ${names}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}.`);
  }
  return said.length === 0 ? null : said.join(' ');
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
