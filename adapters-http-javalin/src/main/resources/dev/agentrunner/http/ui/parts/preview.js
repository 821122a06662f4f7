import { html, useState } from '../lib/dom.js';
import { address, path, request } from '../lib/api.js';
import { entriesOf, isArchive } from '../lib/archive.js';
import { bytes } from '../lib/format.js';
import { useAction, useLoad } from '../lib/use.js';
import { Json } from './json.js';
import { Markdown } from './markdown.js';
import { Loaded, Trouble } from './states.js';

const TEXT_END = 512 * 1024;
const ARCHIVE_END = 32 * 1024 * 1024;
const IMAGES = /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/;

export const downloadPath = (artifact) => `${path('runs', artifact.run_id, 'artifacts', artifact.id)}/download`;

/** What a text is, by its media type and its name. */
function sort({ name, media_type: type }) {
  if (IMAGES.test(type)) return 'image';
  if (isArchive({ name, media_type: type })) return 'archive';
  if (/markdown/.test(type) || /\.(md|markdown)$/i.test(name)) return 'markdown';
  if (/[/+]json$/.test(type) || /\.json$/i.test(name)) return 'json';
  if (/diff|patch/.test(type) || /\.(diff|patch)$/i.test(name)) return 'diff';
  return 'text';
}

/** Whether bytes are a text that people can read. */
function isText(data) {
  for (const byte of data.subarray(0, 4096)) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
  return true;
}

const Lines = ({ text }) => html`<pre class="text-block tall" tabindex="0" role="group" aria-label="Content">${text}</pre>`;

const LINE = { '+': 'added', '-': 'removed', '@': 'hunk' };

const Diff = ({ text }) => html`<pre class="text-block tall diff" tabindex="0" role="group" aria-label="Changes">${text.split('\n').map(
  (line) => html`<span class=${/^(\+\+\+|---|diff|index) /.test(line) ? 'file' : LINE[line[0]]}>${line}${'\n'}</span>`)}</pre>`;

const Both = ({ text, children, what }) => {
  const [raw, setRaw] = useState(false);
  return html`<div class="seg" role="group" aria-label="Show as">
      <button type="button" aria-pressed=${!raw} onClick=${() => setRaw(false)}>${what}</button>
      <button type="button" aria-pressed=${raw} onClick=${() => setRaw(true)}>Text</button>
    </div>${raw ? html`<${Lines} text=${text} />` : children}`;
};

export const TextOf = ({ as, text }) => {
  if (as === 'markdown') return html`<${Both} text=${text} what="Markdown"><${Markdown} text=${text} /><//>`;
  if (as === 'diff') return html`<${Diff} text=${text} />`;
  if (as === 'json') {
    try {
      return html`<${Both} text=${text} what="JSON"><${Json} value=${JSON.parse(text)} /><//>`;
    } catch {
      return html`<${Lines} text=${text} />`;
    }
  }
  return html`<${Lines} text=${text} />`;
};

const Archive = ({ data }) => {
  const list = useLoad(() => entriesOf(data), [data]);
  const [shown, setShown] = useState();
  const look = useAction(async (entry) => {
    const content = await entry.read();
    setShown({ entry, text: isText(content) ? new TextDecoder().decode(content.subarray(0, TEXT_END)) : undefined });
  });
  return html`<${Loaded} of=${list} what="the archive">${(entries) => html`
    <ul class="archive mono">${entries.map((entry) => html`<li>
      <button type="button" class="bare link" aria-pressed=${shown?.entry === entry} onClick=${() => look.run(entry)}>${entry.name}</button>
      <span class="muted">${bytes(entry.size)}</span></li>`)}</ul>
    <${Trouble} error=${look.error} />
    ${shown && html`<h3 class="mono">${shown.entry.name}</h3>
      ${shown.text === undefined ? html`<p class="muted">It is not a text.</p>` : html`<${TextOf} as=${sort({ name: shown.entry.name, media_type: '' })} text=${shown.text} />`}`}`}<//>`;
};

async function fetchStart(artifact, end, signal) {
  const headers = artifact.size > end ? { Range: `bytes=0-${end - 1}` } : {};
  const answer = await request('GET', downloadPath(artifact), { headers: { ...headers, Accept: '*/*' }, signal });
  return new Uint8Array(await answer.arrayBuffer());
}

/** What is in an artifact, as far as it can be shown without running any of it. */
export const Preview = ({ artifact }) => {
  const as = sort(artifact);
  const end = as === 'archive' ? ARCHIVE_END : TEXT_END;
  const content = useLoad((signal) => (as === 'image' ? true : fetchStart(artifact, end, signal)), [artifact.id]);
  if (artifact.size === 0) return html`<p class="muted">It is empty.</p>`;
  // An image element runs nothing, not even what is in an SVG.
  if (as === 'image') return html`<img class="preview-image" src=${address(downloadPath(artifact)).href} alt=${artifact.name} />`;
  return html`<${Loaded} of=${content} what="the content">${(data) => {
    if (as === 'archive') return artifact.size > end ? html`<p class="muted">It is too large to look into here; download it.</p>` : html`<${Archive} data=${data} />`;
    if (!isText(data)) return html`<p class="muted">It is not a text; download it to look at it.</p>`;
    return html`${artifact.size > end && html`<p class="note">The first ${bytes(end)} of ${bytes(artifact.size)}.</p>`}
      <${TextOf} as=${artifact.size > end ? 'text' : as} text=${new TextDecoder().decode(data)} />`;
  }}<//>`;
};
