import { type ComponentType, type FunctionComponent, lazy, type ReactNode } from 'react';

/** What did not come, each with the way to ask for it again. */
const missing = new Set<{ error: unknown; askAgain: () => void }>();

type Part = (props: never) => ReactNode;
type PropsOf<P extends Part> = Parameters<P> extends [infer Props] ? Props : object;

/** As React's lazy, whose failures last as long as the page: after askAgain the script is asked for again. */
export function lazyPart<P extends Part>(load: () => Promise<{ default: P }>): ComponentType<PropsOf<P>> {
  const make = () =>
    lazy(() =>
      load().then(
        (script) => ({ default: script.default as unknown as FunctionComponent<object> }),
        (error) => {
          const renew = () => {
            Loaded = make();
          };
          missing.add({ error, askAgain: renew });
          throw error;
        },
      ),
    );
  let Loaded = make();
  return (props) => <Loaded {...(props as object)} />;
}

/** All that did not come is asked for when it is drawn next. False where only a reload of the page brings it: its styles. */
export function askAgain(): boolean {
  // A style sheet that failed counts as loaded, and the part would come without it.
  const complete = ![...missing].some(({ error }) => /CSS/.test(String(error)));
  for (const part of missing) part.askAgain();
  missing.clear();
  return complete;
}
