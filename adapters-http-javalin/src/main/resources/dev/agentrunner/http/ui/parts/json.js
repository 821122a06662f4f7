import { html, useState } from '../lib/dom.js';
import { Copy } from './bits.js';

const MANY = 100;

const Leaf = ({ value }) => {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') return html`<span class="json-atom">${String(value)}</span>`;
  if (value.length <= 400 && !value.includes('\n')) return html`<span class="json-text">${JSON.stringify(value)}</span>`;
  const shown = whole ? value : value.slice(0, 2000);
  return html`<span class="json-block"><pre class="text-block" tabindex="0" role="group" aria-label="Text">${shown}</pre>
    ${shown.length < value.length && html`<button type="button" class="bare link" onClick=${() => setWhole(true)}>Show all ${value.length.toLocaleString('en')} characters</button>`}</span>`;
};

const Branch = ({ name, value, open, depth }) => {
  const [shown, setShown] = useState(open);
  const [most, setMost] = useState(MANY);
  const entries = Array.isArray(value) ? value.map((v, i) => [i, v]) : Object.entries(value);
  const brief = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  if (!entries.length) return html`<div class="json-row"><${Name} name=${name} /><span class="json-atom">${Array.isArray(value) ? '[]' : '{}'}</span></div>`;
  return html`<details class="json-branch" open=${shown} onToggle=${(e) => { if (e.target === e.currentTarget) setShown(e.target.open); }}>
    <summary><${Name} name=${name} /><span class="muted">${brief}</span></summary>
    ${shown && html`<div class="json-inner">
      ${entries.slice(0, most).map(([key, each]) => html`<${Node} key=${key} name=${key} value=${each} depth=${depth + 1} />`)}
      ${entries.length > most && html`<button type="button" class="bare link" onClick=${() => setMost(most + 1000)}>${entries.length - most} more</button>`}
    </div>`}
  </details>`;
};

const Name = ({ name }) => (name === undefined ? null : html`<span class="json-name">${name}</span>`);

const Node = ({ name, value, depth = 0 }) =>
  value !== null && typeof value === 'object'
    ? html`<${Branch} name=${name} value=${value} open=${depth < 2} depth=${depth} />`
    : html`<div class="json-row"><${Name} name=${name} /><${Leaf} value=${value} /></div>`;

/** A value of JSON as a tree, long texts as texts; a click copies the whole. */
export const Json = ({ value }) => {
  if (value === undefined) return html`<p class="muted">Nothing.</p>`;
  return html`<div class="json mono">
    <div class="json-copy"><${Copy} text=${JSON.stringify(value, null, 2)} what="the JSON">JSON<//></div>
    <${Node} value=${value} />
  </div>`;
};
