import { keptCell } from './cell.js';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };

/** `auto`, `light` or `dark`. */
export const theme = keptCell('theme', 'auto');

theme.watch((value) => {
  if (value === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
});

export const switchTheme = () => theme.set(NEXT[theme.get()] ?? 'auto');
