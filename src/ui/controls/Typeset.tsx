import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';
import 'katex/dist/katex.min.css';

/** LaTeX as KaTeX sets it; in a file of its own so that KaTeX stays out of the first chunk. */
export default function Typeset({ tex, display }: { tex: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  // Elements instead of HTML: the page's Content-Security-Policy lets no markup carry styles.
  useLayoutEffect(() => {
    if (!place.current) return;
    katex.render(tex, place.current, {
      displayMode: display,
      throwOnError: false,
      output: 'html',
      strict: false,
      // \htmlClass only: the source is ours, links and images stay off.
      trust: ({ command }) => command === '\\htmlClass',
    });
  }, [tex, display]);
  return <span aria-hidden ref={place} />;
}
