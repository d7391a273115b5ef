/** The text with another content between <!-- bench NAME --> and <!-- end -->. Throws where there is no such block. */
export function withBlock(text: string, name: string, content: string): string {
  const opening = `<!-- bench ${name} -->`;
  const start = text.indexOf(opening);
  const end = text.indexOf('<!-- end -->', start);
  if (start < 0 || end < 0) throw new Error(`The document has no block between ${opening} and <!-- end -->.`);
  return `${text.slice(0, start + opening.length)}\n\n${content.trim()}\n\n${text.slice(end)}`;
}
