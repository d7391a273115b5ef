import { fromBase64url, toBase64url } from '../base64url';
import { floatsOf, toHalves } from '../halves';
import type { AnyStudy, ReportOf, RequestOf, ResultOf, Study } from './study';

/** What a study answered: measured in advance, for whoever asks the same later. */
export interface StoredAnswer<Asked extends AnyStudy> {
  request: RequestOf<Asked>;
  /** Those of its reports that hold a part of the answer. */
  reports: ReportOf<Asked>[];
  result: ResultOf<Asked>;
}

/** The answers about one model, by the name of the study. */
export type StoredStudies = Record<string, StoredAnswer<Study<unknown, unknown, unknown>>>;

/** Name of the file in `public/models` with the answers about the model of another file there. */
export function storedFileName(modelFile: string): string {
  return modelFile.replace(/\.safetensors$/, '.studies.json');
}

/** JSON, in which images are halves and other numbers keep six digits; parseStored reads it back. */
export function formatStored(studies: StoredStudies): string {
  const text = JSON.stringify(studies, (_, value) => {
    if (value instanceof Float32Array) {
      const halves = toHalves(value);
      return { halves: toBase64url(new Uint8Array(halves.buffer)) };
    }
    if (value instanceof Float64Array) return { doubles: Array.from(value) };
    return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  });
  return `${text}\n`;
}

/** Throws for anything but such JSON. */
export function parseStored(text: string): StoredStudies {
  return JSON.parse(text, (_, value) => {
    if (typeof value?.halves === 'string')
      return floatsOf(new Uint16Array(fromBase64url(value.halves).buffer));
    return Array.isArray(value?.doubles) ? Float64Array.from(value.doubles) : value;
  });
}

/** The answer to the same request, whatever the order of its parts; undefined where another one or none was asked. */
export function storedAnswer<Asked extends AnyStudy>(
  studies: StoredStudies,
  name: string,
  request: RequestOf<Asked>,
): StoredAnswer<Asked> | undefined {
  const stored = Object.hasOwn(studies, name) ? studies[name] : undefined;
  return stored && canonical(stored.request) === canonical(request)
    ? (stored as unknown as StoredAnswer<Asked>)
    : undefined;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
