const local = /^(localhost|127\.0\.0\.1)$/;

/**
 * An address that the page may fetch, absolute: https, the page's own origin, and with `localToo` http of this machine. Else
 * the problem, as the end of a sentence whose subject is the address: 'is no address.'
 */
export function fetchableAddress(
  asked: string,
  page: string,
  localToo: boolean,
): { address: string } | { problem: string } {
  if (!URL.canParse(asked, page)) return { problem: 'is no address.' };
  const url = new URL(asked, page);
  const home = new URL(page).origin;
  const own = url.origin === home && home !== 'null';
  const ofThisMachine = localToo && url.protocol === 'http:' && local.test(url.hostname);
  if (url.protocol !== 'https:' && !own && !ofThisMachine)
    return {
      problem: `would come by ${url.protocol.slice(0, -1)}; it may come by https only, or ${home === 'null' ? 'by http from this machine' : 'from where this page is'}.`,
    };
  if (url.username || url.password) return { problem: 'holds a password, so it is not fetched.' };
  return { address: url.href };
}
