/** A script in cells as a Jupyter notebook: each title with its comment becomes text, the rest of the cell code. */
export function notebookOf(script: string): string {
  const cells = script
    .split(/^# %% /m)
    .slice(1)
    .flatMap(cellsOf);
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

const metadata = {
  kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
  language_info: { name: 'python' },
};

function cellsOf(section: string, index: number): object[] {
  const [title, ...lines] = section.trim().split('\n') as [string, ...string[]];
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const text = lines.slice(0, end).map((line) => line.replace(/^# ?/, ''));
  const heading = `${index === 0 ? '#' : '##'} ${title}`;
  return [
    {
      cell_type: 'markdown',
      id: `text-${index}`,
      metadata: {},
      source: sourceOf([heading, '', ...text]),
    },
    {
      cell_type: 'code',
      id: `code-${index}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source: sourceOf(lines.slice(end)),
    },
  ];
}

/** Lines as the format has them: all but the last end in a line break. */
function sourceOf(lines: readonly string[]): string[] {
  return lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line));
}
