import type { Family } from './fonts';

/** The text beside the archive: what was done, every family with its notice, and the licences themselves. */
export function licenceText(families: readonly Family[], images: number): string {
  const under = (licence: string) => families.filter((family) => family.licence === licence);
  const list = (licence: string) =>
    under(licence)
      .map(({ name, copyright }) => `- ${name}: ${copyright}`)
      .join('\n');
  const text = (licence: string) => under(licence)[0]?.text ?? '';
  const fonts = families.reduce((sum, family) => sum + family.fonts.length, 0);
  return `glyphs.zip holds ${images.toLocaleString('en')} images of the capitals A to Z in ${fonts} fonts of ${families.length} families,
16×16 pixels, drawn from the outlines by tools/data/make.ts. It holds no font. The fonts come from Fontsource
(https://fontsource.org), and these are their notices.

Under the SIL Open Font License, Version 1.1, whose text is below:

${list('OFL-1.1')}

Under the Apache License, Version 2.0, whose text is below:

${list('Apache-2.0')}

--- The SIL Open Font License ---

${text('OFL-1.1')}

--- The Apache License ---

${text('Apache-2.0')}
`;
}
