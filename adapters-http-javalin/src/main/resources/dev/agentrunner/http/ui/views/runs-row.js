import { html, classes } from '../lib/dom.js';
import { time } from '../lib/format.js';
import { here, href, setQuery } from '../lib/router.js';
import { Ago, Duration, IdChip, Pill, Usage } from '../parts/bits.js';
import { Icon, KindIcon } from '../parts/icons.js';

/** How far a run is: what it does now, and how many of its steps are done. */
const Progress = ({ of }) => {
  if (!of?.now && !of?.done) return null;
  return html`<span class="progress-line">
    ${of.now && html`<${KindIcon} kind=${of.now.kind} /><span class="mono">${of.now.id}</span>${of.now.attempts > 1 && html`<span class="muted">attempt ${of.now.attempts}</span>`}`}
    ${of.total > 1 && html`<progress max=${of.total} value=${of.done} aria-label="Steps done">${of.done}</progress>`}
    <span class="muted">${of.total > 1 ? `${of.done} of ${of.total}` : `${of.done} done`}</span></span>`;
};

/** What there is to know beyond the status: why it failed, what it waits for, what it does. */
const What = ({ run, progress }) => {
  if (run.failure) return html`<span class="why" title=${run.failure.message}>${run.failure.message}</span>`;
  if (run.waiting === 'APPROVAL') {
    return html`<a class="why above" href=${href(['runs', run.id])}><${Icon} name="person" />${run.approvals?.[0]?.message ?? 'Somebody has to approve'}</a>`;
  }
  if (run.waiting && run.wake_at) return html`<span class="muted">wakes <${Ago} at=${time(run.wake_at)} /></span>`;
  if (run.status === 'CANCELED') return html`<span class="why muted">${run.cancel_reason}</span>`;
  return html`<${Progress} of=${progress} />`;
};

const pick = (key, value) => () => {
  const known = here().query[key] ?? [];
  if (!known.includes(value)) setQuery({ [key]: key === 'label' ? [...known, value] : [value] });
};

export const RunRow = ({ run, progress, chosen, toggle }) => {
  const name = run.name || run.workflow;
  return html`<tr class=${classes('run-row', chosen && 'chosen')}>
    ${toggle && html`<td class="narrow-col above"><input type="checkbox" aria-label=${`Select ${name}`} checked=${chosen} onChange=${() => toggle(run.id)} /></td>`}
    <td class="cell-status"><${Pill} of=${run} /></td>
    <td class="cell-name"><div class="run-name"><a class="row-link clip" title=${name} href=${href(['runs', run.id])}>${name}</a>
      ${Object.entries(run.labels ?? {}).map(([key, value]) => html`<button type="button" class="bare label above" key=${key} title="Only runs with this label" onClick=${pick('label', `${key}:${value}`)}><span class="muted">${key}</span> <span class="clip">${value}</span></button>`)}</div></td>
    <td class="cell-workflow"><button type="button" class="bare plain above mono" title="Only this workflow" onClick=${pick('workflow', run.workflow)}>${run.workflow}</button></td>
    <td class="cell-id"><span class="above"><${IdChip} id=${run.id} /></span></td>
    <td class="cell-what"><${What} run=${run} progress=${progress} /></td>
    <td class="num cell-usage"><${Usage} of=${run.usage} /></td>
    <td class="num cell-took"><${Duration} from=${time(run.started_at)} to=${time(run.finished_at)} ms=${run.started_at ? undefined : NaN} /></td>
    <td class="num cell-ago above"><${Ago} at=${time(run.created_at)} /></td>
  </tr>`;
};

