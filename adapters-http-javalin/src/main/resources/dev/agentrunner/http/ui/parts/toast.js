import { html, classes } from '../lib/dom.js';
import { cell, useCell } from '../lib/cell.js';
import { Icon } from './icons.js';

const spoken = cell('');
const toasts = cell([]);
let next = 0;

/** Tells those who listen, not those who look. */
export function say(text) {
  // The same text twice is said twice only if it changes in between.
  spoken.set('');
  setTimeout(() => spoken.set(text), 50);
}

const drop = (id) => toasts.set(toasts.get().filter((t) => t.id !== id));

/** Tells everybody, for a while; what went wrong stays until it is closed. */
export function toast(text, { tone = 'completed', href } = {}) {
  const id = ++next;
  toasts.set([...toasts.get().slice(-3), { id, text, tone, href }]);
  if (tone !== 'failed') setTimeout(() => drop(id), 6000);
}

export const Toasts = () => {
  const list = useCell(toasts);
  return html`
    <div class="sr-only" role="status" aria-live="polite">${useCell(spoken)}</div>
    <div class="toasts" role="log" aria-live="polite" aria-label="Notices">
      ${list.map(({ id, text, tone, href }) => html`
        <div key=${id} class=${classes('toast', `tone-${tone}`)}>
          <${Icon} name=${tone} />
          ${href ? html`<a href=${href}>${text}</a>` : html`<span>${text}</span>`}
          <button type="button" class="bare" aria-label="Dismiss" onClick=${() => drop(id)}><${Icon} name="close" /></button>
        </div>`)}
    </div>`;
};
