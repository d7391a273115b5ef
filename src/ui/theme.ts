import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

const storageKey = 'theme';
const darkSystem = '(prefers-color-scheme: dark)';

/** What the visitor chose; 'system' unless there is a choice in local storage. */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system'; // Storage may be forbidden; the page works without.
  }
}

/** The same, rendered again when it is another one. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(heardOf, readThemeChoice);
}

/** Remembers the choice and shows it at once. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Not remembered, but shown.
  }
  showTheme(choice);
  for (const hear of hearers) hear();
}

/** Keeps <html data-theme> with the system while nothing is chosen. The first value comes from index.html. */
export function followSystemTheme(): void {
  matchMedia(darkSystem).addEventListener('change', () => showTheme(readThemeChoice()));
}

/** The theme on the page now: 'light' or 'dark'. */
export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Renders again when the theme changes, for what draws itself in a canvas. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}

function showTheme(choice: ThemeChoice): void {
  const dark = choice === 'system' ? matchMedia(darkSystem).matches : choice === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

const hearers = new Set<() => void>();

function heardOf(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

function subscribe(listen: () => void): () => void {
  const observer = new MutationObserver(listen);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
