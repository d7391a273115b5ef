import { useMemo } from 'react';
import { type Theme, useTheme } from '../theme';
import { type ColourTable, divergingTable } from './divergingColours';

const made = new Map<Theme, ColourTable>();

/** The colours of the theme for values below and above 0. */
export function useDivergingTable(): ColourTable {
  const theme = useTheme();
  return useMemo(() => {
    const known = made.get(theme);
    if (known) return known;
    const style = getComputedStyle(document.documentElement);
    const [negative, zero, positive] = ['negative', 'zero', 'positive'].map((name) =>
      style.getPropertyValue(`--map-${name}`),
    ) as [string, string, string];
    const table = divergingTable(negative, zero, positive);
    made.set(theme, table);
    return table;
  }, [theme]);
}
