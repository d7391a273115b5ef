import { CodePanel } from '../../panels/code/CodePanel';
import { guidanceSnippet } from '../../panels/code/samplerSnippets';
import { withValues } from '../../panels/code/snippetValues';
import { useValues } from '../../panels/settings/useSettings';
import { ClassesHeadPanel } from './ClassesHeadPanel';
import { ClassGridPanel } from './ClassGridPanel';
import { GuidancePanel } from './GuidancePanel';
import { classGuessGroup } from './settings';
import { useClassNames } from './useClassModel';

/** Images of a class that is asked for, and what guidance towards it does. */
export default function ClassesView() {
  return (
    <div className="stack">
      <ClassesHeadPanel />
      <div className="panels">
        <ClassGridPanel />
        <GuidancePanel />
      </div>
      <GuidanceCode />
    </div>
  );
}

function GuidanceCode() {
  const { guidance, label } = useValues(classGuessGroup);
  const names = useClassNames();
  const known = {
    w: `w = ${guidance}`,
    labels: `Class ${names[label] ?? label}, as a number for each image: ${label}`,
  };
  return <CodePanel snippets={[withValues(guidanceSnippet, known)]} />;
}
