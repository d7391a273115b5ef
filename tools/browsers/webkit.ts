import { freePort } from '../freePort.mjs';
import { HttpDriver } from './httpDriver';
import { firstFile, start } from './program';
import type { Launched, NewSession, OtherBrowser } from './webDriver';

const path = firstFile(
  ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`),
);
const driverPath = firstFile(['/usr/bin/WebKitWebDriver']);
const screenPath = firstFile(['/usr/bin/xvfb-run']);

/** WebKit as GTK's small browser has it, on a screen in memory. */
export const webkit: OtherBrowser = {
  name: 'WebKit',
  installed: path !== undefined && driverPath !== undefined && screenPath !== undefined,
  launch,
};

async function launch(): Promise<Launched> {
  const port = await freePort();
  const environment = { ...process.env, LANG: 'en_US.UTF-8' };
  const screen = ['--auto-servernum', '--server-args=-screen 0 1440x900x24'];
  const program = start(
    screenPath as string,
    [...screen, driverPath as string, `--port=${port}`],
    environment,
  );
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  await program.until(answers);
  const driver = new HttpDriver(port);
  const options = { binary: path, args: ['--automation'] };
  const asked = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { capabilities } = (await driver.send('NewSession', { capabilities: asked })) as NewSession;
  return {
    driver,
    version: capabilities.browserVersion,
    close: async () => {
      await driver.send('DeleteSession');
      await program.stop();
    },
  };
}
