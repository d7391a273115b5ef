import { FolderOpen } from 'lucide-react';
import { type ChangeEvent, useEffect, useId } from 'react';
import { Explanation } from '../../../ui/controls/Explanation';
import { MessageLine } from '../../../ui/controls/MessageLine';
import { Panel } from '../../../ui/controls/Panel';
import { TextField } from '../../../ui/controls/TextField';
import { explanations } from '../help';
import { actions, runsStore, useRuns } from '../useRuns';
import { foundRuns } from './foundRuns';
import { RunItem } from './RunItem';

/** All runs that this browser keeps. */
export function RunsPanel() {
  const message = useRuns((state) => state.message);
  useOpening();
  return (
    <Panel
      id="runs"
      title="Runs"
      lead="Every training run is kept in this browser, with its settings, losses and samples. Switch on the runs to compare."
      actions={
        <>
          <Explanation about="Runs">{explanations.runs}</Explanation>
          <OpenFile />
        </>
      }
    >
      <div className="stack gap-3">
        <MessageLine message={message} onUndo={() => void message?.undo?.()} />
        <Search />
        <RunList />
      </div>
    </Panel>
  );
}

/** Reads the list, and the runs that the address holds: they leave it, so that a reload does not bring them again. */
function useOpening(): void {
  useEffect(() => {
    const open = async () => {
      await runsStore.getState().open();
      const { href } = location;
      if (!location.hash.startsWith('#/runs/')) return;
      history.replaceState(null, '', '#/runs');
      await actions.openLink(href);
    };
    void open();
    const follow = () => void open();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
}

/** A file input that looks like a button. */
function OpenFile() {
  const id = useId();
  const open = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    if (files.length > 0) void actions.openFiles(files);
    // The same files can be chosen again.
    target.value = '';
  };
  return (
    <>
      <input
        id={id}
        className="visually-hidden runs__file"
        type="file"
        multiple
        accept=".json,.zip,application/json,application/zip"
        onChange={open}
      />
      <label htmlFor={id} className="button button--quiet">
        <FolderOpen size={16} aria-hidden />
        Open a comparison
      </label>
    </>
  );
}

/** Where there are more runs than fit on a page. */
function Search() {
  const search = useRuns((state) => state.search);
  const many = useRuns((state) => (state.runs ?? []).length > 4);
  if (!many && search === '') return null;
  return (
    <TextField
      label="Search"
      placeholder="Name, data set or changed setting"
      value={search}
      onChange={runsStore.getState().searchFor}
    />
  );
}

function RunList() {
  const runs = useRuns((state) => state.runs);
  const search = useRuns((state) => state.search);
  if (runs === null) return <p className="empty">Reading the runs…</p>;
  if (runs.length === 0)
    return (
      <p className="empty">
        <span>
          Nothing is kept yet. Train a model in the <a href="#/">playground</a>: its run will be listed here.
        </span>
      </p>
    );
  const found = foundRuns(runs, search);
  if (found.length === 0) return <p className="empty">No run has “{search}” in its name or settings.</p>;
  return (
    <ul className="runs__list" aria-label="Runs" data-count={found.length}>
      {found.map((run) => (
        <RunItem key={run.id} run={run} />
      ))}
    </ul>
  );
}
