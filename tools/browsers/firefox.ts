import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MarionetteDriver } from './marionetteDriver';
import { firstFile, start } from './program';
import type { Launched, NewSession, OtherBrowser } from './webDriver';

const path = firstFile([
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  // Mozilla's package, as on GitHub's runners. Not /usr/bin/firefox: Ubuntu's snap sees no profile in the folder for temporary files.
  '/usr/lib/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]);

export const firefox: OtherBrowser = { name: 'Firefox', installed: path !== undefined, launch };

async function launch(): Promise<Launched> {
  const profile = await mkdtemp(join(tmpdir(), 'ddpm-firefox-'));
  // Any free port, which it then writes beside.
  await writeFile(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const port = join(profile, 'MarionetteActivePort');
  const program = start(path as string, ['--headless', '--marionette', '--no-remote', '--profile', profile]);
  await program.until(async () => existsSync(port) && /^\d+$/.test(readFileSync(port, 'utf8')));
  const driver = await MarionetteDriver.connect(Number(readFileSync(port, 'utf8')));
  const { capabilities } = (await driver.send('NewSession')) as NewSession;
  return {
    driver,
    version: capabilities.browserVersion,
    close: async () => {
      await program.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
