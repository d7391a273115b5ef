import type { OtherBrowser } from '../tools/browsers/webDriver';
import type { OpenPage } from './browserPage';

/** The longest that a call may take, milliseconds: a day. Firefox answers null at once where there is no limit. */
const SCRIPT_TIMEOUT = 24 * 3600 * 1000;

/** Opens a page in a browser of WebDriver. */
export function openOther({ name, installed, launch }: OtherBrowser): OpenPage {
  return async (address) => {
    if (!installed) throw new Error(`${name} is not installed.`);
    const { driver, version, close } = await launch();
    try {
      await driver.send('SetTimeouts', { script: SCRIPT_TIMEOUT });
      await driver.send('Navigate', { url: address });
    } catch (error) {
      await close();
      throw error;
    }
    return {
      platform: `${name} ${version}`,
      evaluate: (action, ...args) =>
        driver.send('ExecuteScript', { script: `return (${action})(...arguments);`, args }) as never,
      close,
    };
  };
}
