import katex from 'katex';
import { useMemo } from 'react';
import 'katex/dist/katex.min.css';

/** LaTeX as KaTeX sets it; in a file of its own so that KaTeX stays out of the first chunk. */
export default function Typeset({ tex, display }: { tex: string; display: boolean }) {
  const html = useMemo(
    () =>
      katex.renderToString(tex, {
        displayMode: display,
        throwOnError: false,
        output: 'html',
        strict: false,
        // \htmlClass only: the source is ours, links and images stay off.
        trust: ({ command }) => command === '\\htmlClass',
      }),
    [tex, display],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input, and the LaTeX comes from the source.
  return <span aria-hidden dangerouslySetInnerHTML={{ __html: html }} />;
}
