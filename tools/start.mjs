// `npm start`: installs what is missing, builds the page, serves it and opens it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

install();
const root = fileURLToPath(new URL('..', import.meta.url));
const vite = (...args) =>
  spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', ...args], { cwd: root, stdio: 'inherit' });

const built = vite('build', '--logLevel', 'warn');
if (built.status !== 0) process.exit(built.status ?? 1);
const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
process.exit(vite('preview', ...(hasScreen ? ['--open'] : []), ...process.argv.slice(2)).status ?? 1);
