import { type FC, useEffect } from 'react';

/**
 * Takes the place of react-style-singleton, by which Radix UI keeps the page from scrolling below a dialog: that one writes style
 * elements, which the page's Content-Security-Policy forbids; a constructed sheet needs no permission. The first user puts
 * the styles in, the last one takes them out.
 */
export function styleSingleton(): FC<{ styles: string; dynamic?: boolean }> {
  const useStyle = styleHookSingleton();
  return ({ styles, dynamic = false }) => {
    useStyle(styles, dynamic);
    return null;
  };
}

export function styleHookSingleton(): (styles: string, dynamic?: boolean) => void {
  const sheet = stylesheetSingleton();
  return (styles, dynamic = false) => {
    // biome-ignore lint/correctness/useExhaustiveDependencies: styles that are not dynamic hold until the last user goes.
    useEffect(() => {
      sheet.add(styles);
      return () => sheet.remove();
    }, [dynamic && styles]);
  };
}

export function stylesheetSingleton(): { add(styles: string): void; remove(): void } {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(styles) {
      if (users++ > 0) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      document.adoptedStyleSheets.push(sheet);
    },
    remove() {
      if (--users > 0) return;
      const { adoptedStyleSheets } = document;
      document.adoptedStyleSheets = adoptedStyleSheets.filter((other) => other !== sheet);
      sheet = null;
    },
  };
}
