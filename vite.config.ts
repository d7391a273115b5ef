import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { kernelsPlugin } from './tools/kernelsPlugin.ts';
import { sitePlugin } from './tools/site/sitePlugin.ts';

/** What a host must send for SharedArrayBuffer, and so for threads in the wasm backend. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), kernelsPlugin(), sitePlugin()],
  resolve: {
    alias: { 'react-style-singleton': fileURLToPath(new URL('./src/ui/styleSingleton.ts', import.meta.url)) },
  },
  worker: { format: 'es' },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
