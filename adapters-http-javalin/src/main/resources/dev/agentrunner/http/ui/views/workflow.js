import { html } from '../lib/dom.js';
import { get, path } from '../lib/api.js';
import { time } from '../lib/format.js';
import { first, href, setQuery } from '../lib/router.js';
import { mayWrite } from '../lib/session.js';
import { useLoad } from '../lib/use.js';
import { Ago, Copy, Duration, IdChip, Pill, Usage } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { Json } from '../parts/json.js';
import { Loaded } from '../parts/states.js';
import { Outline } from './outline.js';

const Recent = ({ name }) => {
  const runs = useLoad((signal) => get('runs', { workflow: name, limit: 10 }, signal), [name]);
  return html`<${Loaded} of=${runs} what="the recent runs">${({ items }) => (items.length === 0 ? html`<p class="muted">It has not run yet.</p>`
    : html`<table class="table recent"><caption class="sr-only">Recent runs</caption><tbody>${items.map((run) => html`<tr key=${run.id}><td><${Pill} of=${run} /></td><td><a href=${href(['runs', run.id])}>${run.name || run.workflow}</a> <${IdChip} id=${run.id} /></td><td class="num"><${Usage} of=${run.usage} /></td>
      <td class="num">${run.started_at && html`<${Duration} from=${time(run.started_at)} to=${time(run.finished_at)} />`}</td><td class="num"><${Ago} at=${time(run.created_at)} /></td></tr>`)}</tbody></table>
      <p><a href=${href(['runs'], { workflow: name })}>All its runs</a></p>`)}<//>`;
};

const About = ({ workflow }) => html`<div class="workflow">
  <section class="card"><h2>Outline</h2><${Outline} steps=${workflow.steps} /></section>
  <div class="stack">
    <section class="card"><h2>Recent runs</h2><${Recent} name=${workflow.name} /></section>
    <section class="card"><h2>Input</h2><${Json} value=${workflow.input_schema} /></section>
    ${workflow.definition && html`<section class="card"><header class="card-head"><h2>Source</h2><span class="grow"></span><${Copy} text=${workflow.definition} what="the source">copy<//></header><pre class="text-block tall" tabindex="0" role="group" aria-label="Source">${workflow.definition}</pre></section>`}
  </div></div>`;

export const WorkflowPage = ({ name, query }) => {
  const version = first(query, 'version');
  const found = useLoad((signal) => get(path('workflows', name), { version }, signal), [name, version]);
  return html`<section class="view"><p class="crumbs"><a href=${href(['workflows'])}>Workflows</a></p>
    <header class="run-head"><h1 class="mono">${name}</h1>
      ${found.value && html`${found.value.versions?.length > 1 ? html`<label class="sr-only" for="version">Version</label><select id="version" onChange=${(e) => setQuery({ version: e.target.value })}>${found.value.versions.map((v) => html`<option value=${v} selected=${v === found.value.version}>version ${v}</option>`)}</select>` : html`<span class="muted">version ${found.value.version}</span>`}`}
      <span class="grow"></span>${mayWrite() && html`<a class="button primary" href=${href(['start', name])}><${Icon} name="play" /><span>Start a run</span></a>`}</header>
    <${Loaded} of=${found} what="the workflow">${(workflow) => html`${workflow.description && html`<p class="muted">${workflow.description}</p>`}<${About} workflow=${workflow} />`}<//></section>`;
};
