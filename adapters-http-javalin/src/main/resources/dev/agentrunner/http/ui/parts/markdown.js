import { html } from '../lib/dom.js';
import { lexer } from '../vendor/marked.js';

const SAFE = /^(https?:|mailto:)/i;

/** The target of a link if a click on it can do no harm, else nothing. */
export function safeTarget(target) {
  try {
    const url = new URL(target);
    return SAFE.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);

const Link = ({ token }) => {
  const target = safeTarget(token.href);
  const inside = inline(token.tokens);
  return target
    ? html`<a href=${target} target="_blank" rel="noopener noreferrer nofollow" title=${target}>${inside}</a>`
    : html`<span title=${`Not a link to a web page: ${token.href}`}>${inside}</span>`;
};

const INLINE = {
  strong: (t) => html`<strong>${inline(t.tokens)}</strong>`,
  em: (t) => html`<em>${inline(t.tokens)}</em>`,
  del: (t) => html`<del>${inline(t.tokens)}</del>`,
  codespan: (t) => html`<code>${t.text}</code>`,
  br: () => html`<br />`,
  link: (t) => html`<${Link} token=${t} />`,
  // Nothing is fetched for what somebody else's text names.
  image: (t) => html`<span class="no-image">[image: ${t.text || t.href}]</span>`,
  text: (t) => (t.tokens ? inline(t.tokens) : plain(t.text)),
  escape: (t) => plain(t.text),
};

const inline = (tokens = []) => tokens.map((t) => (INLINE[t.type] ? INLINE[t.type](t) : t.raw));

const Item = ({ item }) => html`<li>${item.task && html`<input type="checkbox" checked=${item.checked} disabled aria-label=${item.text} />`} ${blocks(item.tokens)}</li>`;

const BLOCKS = {
  heading: (t) => html`<p class=${`md-h md-h${t.depth}`} role="heading" aria-level=${Math.min(6, t.depth + 2)}>${inline(t.tokens)}</p>`,
  paragraph: (t) => html`<p>${inline(t.tokens)}</p>`,
  text: (t) => (t.tokens ? inline(t.tokens) : plain(t.text)),
  code: (t) => html`<pre class="text-block" tabindex="0" role="group" aria-label="Code">${t.text}</pre>`,
  blockquote: (t) => html`<blockquote>${blocks(t.tokens)}</blockquote>`,
  hr: () => html`<hr />`,
  space: () => null,
  checkbox: () => null,
  list: (t) => {
    const items = t.items.map((item) => html`<${Item} item=${item} />`);
    return t.ordered ? html`<ol start=${t.start}>${items}</ol>` : html`<ul>${items}</ul>`;
  },
  table: (t) => html`<div class="scroll-x" tabindex="0" role="group" aria-label="Table"><table class="table">
    <thead><tr>${t.header.map((cell) => html`<th scope="col">${inline(cell.tokens)}</th>`)}</tr></thead>
    <tbody>${t.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell.tokens)}</td>`)}</tr>`)}</tbody>
  </table></div>`,
};

// HTML within the text, and whatever else has no rule here, is shown as it is written.
const blocks = (tokens = []) => tokens.map((t) => (BLOCKS[t.type] ?? INLINE[t.type] ?? ((other) => html`<p>${other.raw}</p>`))(t));

/** Markdown as elements. No part of the text is ever read as HTML. */
export const Markdown = ({ text }) => html`<div class="markdown">${blocks(lexer(text))}</div>`;
