import { html, useState } from '../lib/dom.js';
import { all, path, post } from '../lib/api.js';
import { filtersOf, isFiltered } from '../lib/filters.js';
import { plural } from '../lib/format.js';
import { mayWrite } from '../lib/session.js';
import { useAction, useLoad } from '../lib/use.js';
import { Button, IdChip, Pill } from '../parts/bits.js';
import { Dialog } from '../parts/dialog.js';
import { Loaded } from '../parts/states.js';
import { Icon } from '../parts/icons.js';

const AT_ONCE = 6;
const open = (run) => run.status === 'QUEUED' || run.status === 'RUNNING';

/** Does something for each, a few at a time; tells after each how it went. */
async function each(items, action, told) {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      await action(item).then(() => told(item.id, true), (error) => told(item.id, error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const Outcome = ({ of }) => {
  if (of === undefined) return null;
  return of === true ? html`<span class="tone-text-completed"><${Icon} name="completed" />asked</span>` : html`<span class="tone-text-failed"><${Icon} name="failed" />${of.title}</span>`;
};

const Preview = ({ runs, close, done }) => {
  const [reason, setReason] = useState('');
  const [outcomes, setOutcomes] = useState({});
  const work = useAction(() => each(runs,
    (run) => post(`${path('runs', run.id)}/cancel`, reason ? { reason } : {}),
    (id, outcome) => setOutcomes((old) => ({ ...old, [id]: outcome }))));
  const asked = Object.keys(outcomes).length;
  const over = asked > 0 && !work.pending;
  if (!runs.length) return html`<div class="dialog-body"><p>None of these runs is queued or running, so there is nothing to cancel.</p></div>`;
  return html`<div class="dialog-body">
      <p>${plural(runs.length, 'run')} will be asked to stop. What they have done so far stays recorded; it cannot be taken back.</p>
      <ul class="preview-list" tabindex="0" aria-label="Runs to cancel">${runs.map((run) => html`<li key=${run.id}><${Pill} of=${run} /><span class="grow">${run.name || run.workflow}</span><${Outcome} of=${outcomes[run.id]} /><${IdChip} id=${run.id} /></li>`)}</ul>
      ${!over && html`<div class="field"><label for="bulk-reason">Reason</label><input id="bulk-reason" value=${reason} placeholder="optional" onInput=${(e) => setReason(e.target.value)} /></div>`}
    </div>
    <footer class="dialog-foot">${asked > 0 && html`<span role="status">${asked} of ${runs.length}</span>`}
      ${over ? html`<${Button} action=${() => { done(); close(); }} tone="primary">Done<//>` : html`<${Button} action=${close}>Keep them<//>
        <${Button} action=${() => work.run()} busy=${work.busy} pending=${work.pending} tone="danger" icon="close">Cancel ${plural(runs.length, 'run')}<//>`}</footer>`;
};

const BulkDialog = ({ runs, query, close, done }) => {
  // What is asked for now, not what happens to be shown.
  const [given] = useState(runs);
  const list = useLoad(async () => {
    if (given) return given.filter(open);
    const filters = filtersOf(query);
    const status = filters.status.filter((s) => s === 'QUEUED' || s === 'RUNNING');
    if (filters.status.length && !status.length) return [];
    return (await all('runs', { ...filters, status: status.length ? status : ['QUEUED', 'RUNNING'] })).items;
  }, []);
  return html`<${Dialog} title=${given ? 'Cancel the selected runs?' : isFiltered(query) ? 'Cancel all runs that match?' : 'Cancel all runs?'} wide close=${close}>
    <${Loaded} of=${list} what="the runs">${(found) => html`<${Preview} runs=${found} close=${close} done=${done} />`}<//><//>`;
};

/** Cancels many runs at once, after showing which. */
export const Bulk = ({ chosen, query, done }) => {
  const [dialog, setDialog] = useState();
  if (!mayWrite()) return null;
  return html`${chosen.length > 0
    ? html`<button type="button" class="button" onClick=${() => setDialog('some')}><${Icon} name="close" /><span>Cancel ${chosen.length} selected…</span></button>`
    : html`<button type="button" class="button" onClick=${() => setDialog('all')}><${Icon} name="close" /><span>${isFiltered(query) ? 'Cancel matching…' : 'Cancel all…'}</span></button>`}
    ${dialog && html`<${BulkDialog} runs=${dialog === 'some' ? chosen : undefined} query=${query} close=${() => setDialog(undefined)} done=${done} />`}`;
};
