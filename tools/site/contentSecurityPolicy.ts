import { digestOf } from './serviceWorkerFile.ts';

/**
 * What the built page may load and run: its own files. A model may be fetched from wherever the visitor says, by https,
 * and data also from this machine. Workers are files with a policy of their own, so compiling WebAssembly there needs no permission here.
 */
const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'https:', 'http://localhost:*', 'http://127.0.0.1:*', 'blob:', 'data:'],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Radix UI's Select puts this into a style element, to hide a scroll bar. */
const selectStyle =
  '[data-radix-select-viewport]{scrollbar-width:none;-ms-overflow-style:none;-webkit-overflow-scrolling:touch;}[data-radix-select-viewport]::-webkit-scrollbar{display:none}';

/** The policy for a page, with the digests of the scripts within it. */
export function policyOf(html: string): string {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => hash(text as string));
  const sources: Record<string, string[]> = {
    ...policy,
    'script-src': [...policy['script-src'], ...scripts],
    'style-src': [...policy['style-src'], hash(selectStyle)],
  };
  return Object.entries(sources)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

function hash(text: string): string {
  return `'sha256-${digestOf(text)}'`;
}
