import { html } from '../lib/dom.js';
import { Icon } from './icons.js';

/** Nothing to show, and why: `nothing` yet, no `match`, or `failed` to load. */
export const Blank = ({ kind, title, children }) => html`
  <div class=${`blank ${kind}`} role=${kind === 'failed' ? 'alert' : undefined}>
    <${Icon} name=${{ nothing: 'queued', match: 'search', failed: 'failed' }[kind]} />
    <h2>${title}</h2>
    <div class="blank-more">${children}</div>
  </div>`;

export const Loading = ({ what = 'Loading' }) => html`<div class="loading" role="status"><span class="spinner" aria-hidden="true"></span>${what}…</div>`;

export const Failed = ({ error, what, again }) => html`
  <${Blank} kind="failed" title=${error.status === 404 ? error.title : `Could not load ${what}`}>
    <p>${error.status === 404 ? error.detail : html`${error.title ?? String(error)}. ${error.detail}`}</p>
    ${again && html`<button type="button" class="button" onClick=${again}><${Icon} name="loop" /><span>Try again</span></button>`}
  <//>`;

/** An error of an action, where the action is. */
export const Trouble = ({ error }) =>
  error ? html`<p class="trouble" role="alert"><${Icon} name="failed" /><span><strong>${error.title ?? String(error)}</strong>${error.detail && ` – ${error.detail}`}</span></p>` : null;

/** Shows what was loaded, or why it is not there. */
export function Loaded({ of, what, children }) {
  if (of.value !== undefined) return children(of.value);
  if (of.error) return html`<${Failed} error=${of.error} what=${what} again=${of.again} />`;
  return html`<${Loading} />`;
}
