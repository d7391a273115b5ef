import { ClipboardCopy } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui/controls/Button';
import { useCopying } from '../../ui/controls/CopiedText';
import { Panel } from '../../ui/controls/Panel';
import { useOverflow } from '../../ui/controls/useOverflow';
import { CodeText } from './CodeText';
import type { Snippet } from './snippets';
import './CodePanel.css';

/** The lines of PyTorch that do what the view shows. */
export function CodePanel({ snippets }: { snippets: readonly Snippet[] }) {
  return (
    <Panel
      id="code"
      title="The same as code"
      lead={
        <>
          In PyTorch, with the settings of this view. <span className="signal">Signal</span> and{' '}
          <span className="noise">noise</span> have the colours of the equations. A whole model with its
          training is exported as code under <a href="#/models">Models</a>.
        </>
      }
    >
      <div className="code-snippets columns">
        {snippets.map((snippet) => (
          <SnippetFigure key={snippet.title} {...snippet} />
        ))}
      </div>
    </Panel>
  );
}

function SnippetFigure({ title, code, source, values = {} }: Snippet) {
  const box = useRef<HTMLPreElement>(null);
  const scrolls = useOverflow(box);
  const [shown, setShown] = useState<string | null>(null);
  const known = Object.keys(values).length > 0;
  return (
    <figure className="stack gap-2">
      <figcaption className="row">
        <b>{title}</b>
        <CopyButton title={title} code={code} />
      </figcaption>
      <pre ref={box} className="code-snippet scrolls" tabIndex={scrolls ? 0 : undefined}>
        <code>
          <CodeText code={code} values={values} onShow={setShown} />
        </code>
      </pre>
      {known && (
        <p className="code-value note" role="status">
          {(shown !== null && values[shown]) || 'Point at an underlined name to read its value.'}
        </p>
      )}
      <p className="note">In our own words, after: {source}.</p>
    </figure>
  );
}

function CopyButton({ title, code }: Pick<Snippet, 'title' | 'code'>) {
  const { copied, copy } = useCopying();
  return (
    <Button icon={ClipboardCopy} aria-label={`Copy ${title}`} onClick={() => copy(code)}>
      <span role="status">{copied === code ? 'Copied' : 'Copy'}</span>
    </Button>
  );
}
