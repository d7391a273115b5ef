// Finds a Chromium for the tests, or installs one: Playwright's own where its download works, else the system's package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What every test's Chromium is started with: a sandbox needs rights that containers lack, and no test needs a network. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU on the CPU, for machines without a GPU. */
export const softwareWebgpuArguments = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

/** The path of a Chromium: $CHROMIUM_PATH, Playwright's own, or the system's; undefined where there is none. */
export async function findBrowser() {
  const { chromium } = await import('playwright');
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...SYSTEM_PATHS];
  return candidates.find((path) => path && existsSync(path));
}

/** findBrowser, after installing one if need be. Throws where neither way works. */
export async function findOrInstallBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log('There is no Chromium on this machine. Installing the one of Playwright …');
  run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  const own = await findBrowser();
  if (own) return own;
  console.log('That did not work. Installing the package `chromium` of the system …');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  apt([...asRoot, 'apt-get', 'update']);
  apt([...asRoot, 'apt-get', 'install', '--yes', '--no-install-recommends', 'chromium']);
  const system = await findBrowser();
  if (system) return system;
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to its path.');
}

function apt([command, ...args]) {
  run(command, args, { ...process.env, DEBIAN_FRONTEND: 'noninteractive' });
}

function run(command, args, env = process.env) {
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
}
