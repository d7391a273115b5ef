/** Whether the address asks for one view alone, for a frame in another page. */
export function isEmbedded(address = location.href): boolean {
  return new URL(address).searchParams.has('embed');
}

/** The same page with its header. */
export function fullPage(address = location.href): string {
  const url = new URL(address);
  url.searchParams.delete('embed');
  return url.href;
}

/** HTML that shows a link to this page in another page. */
export function embedCode(link: string): string {
  const url = new URL(link);
  url.search = `${url.search === '' ? '?' : `${url.search}&`}embed`;
  const address = url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" title="DDPM playground" width="960" height="640" allow="cross-origin-isolated; clipboard-write; fullscreen" style="border: 0; max-width: 100%"></iframe>`;
}
