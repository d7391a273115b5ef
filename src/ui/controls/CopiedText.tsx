import { useState } from 'react';

/** Copies texts: the one that was copied last, and whether the browser refused the last one. */
export function useCopying() {
  const [copied, setCopied] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const tell = (text: string | null) => {
    setCopied(text);
    setRefused(text === null);
  };
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => tell(text),
      () => tell(null),
    );
  return { copied, refused, copy };
}

/** A text to copy, also by hand: it is selected as a whole. */
export function CopiedText({ id, text }: { id: string; text: string }) {
  return (
    <input
      id={id}
      className="copied-text"
      readOnly
      value={text}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
