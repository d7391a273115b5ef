/** What a reader cannot see, and what turns the direction of the text after it: control characters and bidi controls. */
const invisible = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The most characters of a name that someone types. */
export const longestName = { checkpoint: 80, dataset: 60, className: 40 } as const;

/** A name or title from anywhere, without characters that would hide or turn what is shown beside it. */
export function plainName(name: string): string {
  return name.replace(invisible, '').trim();
}

/** Text for a terminal: no escape sequences, but lines and tabs. */
export function plainText(text: string): string {
  return text.replace(invisible, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  );
}

/** Why a typed name cannot be used; null where it can. */
export function nameProblem(name: string, most: number): string | null {
  const { length } = plainName(name);
  return length > most ? `A name has at most ${most} characters; this one has ${length}.` : null;
}
