import { html } from '../lib/dom.js';
import { address, get, path } from '../lib/api.js';
import { bytes, time } from '../lib/format.js';
import { first, href, setQuery } from '../lib/router.js';
import { useLoad } from '../lib/use.js';
import { Ago, Copy } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { downloadPath, Preview } from '../parts/preview.js';
import { Blank, Loaded } from '../parts/states.js';

const Chosen = ({ artifact }) => html`<section class="card artifact" aria-label=${`Artifact ${artifact.name}`}>
  <header class="card-head"><h2 class="mono">${artifact.name}</h2><span class="grow"></span>
    <a class="button" href=${address(downloadPath(artifact)).href} download><${Icon} name="download" /><span>Download</span></a></header>
  <p class="facts"><span>${artifact.media_type}</span><span>${bytes(artifact.size)}</span><${Ago} at=${time(artifact.created_at)} />
    ${artifact.step_id && html`<a class="mono" href=${href(['runs', artifact.run_id, 'timeline'], { step: artifact.step_id })}>${artifact.step_id}</a>`}
    <${Copy} text=${artifact.sha256} what="the SHA-256 sum" title=${`SHA-256 ${artifact.sha256}`}>sha256 ${artifact.sha256.slice(0, 8)}…<//></p>
  <${Preview} key=${artifact.id} artifact=${artifact} /></section>`;

/** What the engine keeps to put a workspace back: rarely what somebody looks for. */
const isInternal = (artifact) => artifact.kind === 'workspace' || artifact.kind === 'manifest';

const Entry = ({ artifact, chosen }) => html`<li><button type="button" class="side-button" aria-pressed=${chosen} title=${artifact.name} onClick=${() => setQuery({ artifact: artifact.id })}>
  <${Icon} name="file" /><span class="mono clip-start"><bdi>${artifact.name}</bdi></span><span class="muted">${artifact.kind}</span><span class="muted num">${bytes(artifact.size)}</span></button></li>`;

export const Artifacts = ({ run, fold, query }) => {
  const list = useLoad((signal) => get(`${path('runs', run.id)}/artifacts`, {}, signal), [run.id, fold.artifacts.length]);
  return html`<${Loaded} of=${list} what="the artifacts">${({ items }) => {
    if (!items.length) return html`<${Blank} kind="nothing" title="No artifact"><p>What steps keep, such as documents, logs and archives, is listed here.</p><//>`;
    const wanted = items.find((a) => a.id === first(query, 'artifact'));
    const made = items.filter((a) => !isInternal(a));
    const all = first(query, 'files') === 'all' || !made.length || (wanted && isInternal(wanted));
    const shown = all ? items : made;
    const chosen = wanted ?? shown.at(-1);
    const hidden = items.length - made.length;
    return html`<div class="split artifacts"><div class="side"><ul aria-label="Artifacts">${shown.map((a) => html`<${Entry} key=${a.id} artifact=${a} chosen=${a === chosen} />`)}</ul>
      ${hidden > 0 && made.length > 0 && html`<button type="button" class="side-more" onClick=${() => setQuery({ files: all ? undefined : 'all', artifact: all ? undefined : chosen.id })}>
        ${all ? 'Hide the files of the workspace' : `Show ${hidden} files of the workspace`}</button>`}</div><${Chosen} artifact=${chosen} /></div>`;
  }}<//>`;
};
