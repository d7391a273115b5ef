/**
 * uPlot formats numbers by `navigator.language` as it loads, and throws where that is no language tag: under the C locale
 * some browsers say "c". Then it is English, as the page is.
 */
export function keepLanguageSound(place: { readonly language: string }): void {
  try {
    Intl.getCanonicalLocales(place.language);
  } catch {
    Object.defineProperty(place, 'language', { value: 'en', configurable: true });
  }
}

if (globalThis.navigator) keepLanguageSound(navigator);
