import { useEffect, useRef } from './dom.js';
import { keptCell } from './cell.js';

/** Whether single keys do something; some who speak to their computer want them not to. */
export const singleKeys = keptCell('keys', true);

const layers = [];
let prefix = '';
let timer;

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

addEventListener('keydown', (e) => {
  if (e.defaultPrevented || e.isComposing) return;
  // Out of a field and back to the page, where single keys do something.
  if (e.key === 'Escape' && typing(e.target) && !document.querySelector('dialog[open]')) e.target.blur();
  const palette = (e.metaKey || e.ctrlKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k';
  const key = palette ? 'mod+k' : prefix + e.key;
  if (!palette && (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || !singleKeys.get() || document.querySelector('dialog[open]'))) return;
  clearTimeout(timer);
  prefix = '';
  for (const layer of [...layers].reverse()) {
    const action = layer.current[key];
    if (action) {
      e.preventDefault();
      action(e);
      return;
    }
  }
  if (key === 'g') {
    prefix = 'g ';
    timer = setTimeout(() => (prefix = ''), 1200);
  }
});

/** Keys that do something while this is shown, such as `{'g r': …, j: …, 'mod+k': …}`; the innermost wins. */
export function useKeys(actions) {
  const ref = useRef(actions);
  ref.current = actions;
  useEffect(() => {
    layers.push(ref);
    return () => layers.splice(layers.indexOf(ref), 1);
  }, []);
}
