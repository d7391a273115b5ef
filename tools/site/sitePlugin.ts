import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { policyOf } from './contentSecurityPolicy.ts';
import { writeServiceWorker } from './serviceWorkerFile.ts';

/** What only the built site has: a Content-Security-Policy in its page, and a service worker that knows its files. */
export function sitePlugin(): Plugin {
  let folder = 'dist';
  return {
    name: 'ddpm-site',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}" />`;
        // Before anything that it is about.
        return html.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${meta}`);
      },
    },
    async closeBundle() {
      await writeServiceWorker(folder);
    },
  };
}
