/** Rows of cells as text: columns aligned for a terminal, or a table of Markdown. The first column is to the left. */
export function table(header: string[], rows: string[][], format: 'table' | 'markdown'): string {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: string[]) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
    );
  if (format === 'table') {
    return [header, widths.map((width) => '─'.repeat(width)), ...rows]
      .map((row) => line(row).join('  ').trimEnd())
      .join('\n');
  }
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(header), rule, ...rows.map(line)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
