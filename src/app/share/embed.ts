/** Whether the address asks for one view alone, for a frame in another page. */
export function isEmbedded(address = location.href): boolean {
  return new URL(address).searchParams.has('embed');
}

/** Selector of the one panel that the address asks for (`?panel=`), null where it asks for the whole view. */
export function embeddedPanel(address = location.href): string | null {
  const { searchParams } = new URL(address);
  const panel = searchParams.get('panel');
  return searchParams.has('embed') && panel !== null && /^[a-z][\w-]*$/.test(panel) ? `#${panel}` : null;
}

/** Whether it asks for what is drawn alone, with nothing to press (`?controls=0`). */
export function isWithoutControls(address = location.href): boolean {
  return isEmbedded(address) && new URL(address).searchParams.get('controls') === '0';
}

/** The same page with its header. */
export function fullPage(address = location.href): string {
  const url = new URL(address);
  for (const name of ['embed', 'panel', 'controls']) url.searchParams.delete(name);
  return url.href;
}

/** HTML that shows a link to this page in another page. */
export function embedCode(link: string): string {
  const url = new URL(link);
  url.search = `${url.search === '' ? '?' : `${url.search}&`}embed`;
  const address = url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" title="DDPM playground" width="960" height="640" allow="cross-origin-isolated; clipboard-write; fullscreen" style="border: 0; max-width: 100%"></iframe>`;
}
