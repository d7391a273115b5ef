import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { CommandError } from './errors';
import { isAddress } from './fetchedFiles';

/**
 * How a model file names the data that it was trained on: by the way from the file's own folder, so that no path of this
 * machine goes with it. Where they have no folder in common, only the last name is kept. Addresses stay as they are.
 */
export function keptPlace(data: string, modelFile: string): string {
  if (isAddress(data)) return data;
  const way = relative(dirname(resolve(modelFile)), resolve(data));
  const climbs = way.split(sep).filter((part) => part === '..').length;
  const depth = dirname(resolve(modelFile))
    .slice(parse(resolve(modelFile)).root.length)
    .split(sep)
    .filter(Boolean).length;
  // Up to the root, or to the folder of all users, and down again is an absolute path in other words.
  const isFar = climbs > 0 && depth - climbs < 2 && isAbsolute(data);
  const kept = way === '' || isFar || isAbsolute(way) ? basename(resolve(data)) : way;
  return kept.split(sep).join('/');
}

/** The path of data that a model file names: beside the file, or in the current folder. Throws CommandError where it is not there. */
export async function foundPlace(kept: string, modelFile: string): Promise<string> {
  if (isAddress(kept)) return kept;
  const places = [
    join(dirname(modelFile), kept),
    kept,
    join(dirname(modelFile), basename(kept)),
    basename(kept),
  ];
  for (const place of isAbsolute(kept) ? [kept, ...places] : places)
    if (await stat(place).catch(() => undefined)) return place;
  throw new CommandError(
    `${modelFile} learned the images of '${kept}', which are not there: give --data PATH.`,
  );
}

/** How a model file that is made of another one names the data. */
export async function movedPlace(kept: string, from: string, to: string): Promise<string> {
  const found = await foundPlace(kept, from).catch(() => undefined);
  if (found !== undefined) return keptPlace(found, to);
  return isAbsolute(kept) ? basename(kept) : kept;
}
