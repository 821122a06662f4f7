import { html } from '../lib/dom.js';
import { bytes, exact, time } from '../lib/format.js';
import { hasEnded } from '../lib/run.js';
import { Json } from '../parts/json.js';
import { IdChip } from '../parts/bits.js';

const Result = ({ run, fold }) => {
  const ref = run.output_ref ?? fold.outputRef;
  if (run.failure) return html`<pre class="message failed" tabindex="0" role="group" aria-label="Failure">${run.failure.kind}: ${run.failure.message}</pre>${run.failure.stack_top && html`<p class="mono muted">${run.failure.stack_top}</p>`}`;
  if (ref) return html`<p class="note">The output is large: ${bytes(ref.size)}, kept in the artifact store as <code>${ref.uri}</code>.</p>`;
  if (run.status === 'COMPLETED') return html`<${Json} value=${run.output ?? fold.output ?? null} />`;
  return html`<p class="muted">${hasEnded(run) ? 'The run was canceled; it has no result.' : 'The run has not finished.'}</p>`;
};

const Fact = ({ name, children }) => (children ? html`<div><dt>${name}</dt><dd>${children}</dd></div>` : null);

export const InputAndResult = ({ run, fold }) => {
  const models = fold.queued?.models;
  const at = (text) => text && exact(time(text));
  return html`<div class="values">
    <section class="card"><h2>Input</h2><${Json} value=${run.input ?? fold.queued?.input ?? null} /></section>
    <section class="card"><h2>Result</h2><${Result} run=${run} fold=${fold} /></section>
    <section class="card"><h2>About</h2><dl class="about">
      <${Fact} name="Id"><${IdChip} id=${run.id} /><//>
      <${Fact} name="Queue">${run.queue}, priority ${run.priority}<//>
      <${Fact} name="Created">${at(run.created_at)}<//><${Fact} name="Started">${at(run.started_at)}<//><${Fact} name="Finished">${at(run.finished_at)}<//>
      <${Fact} name="Deadline">${at(run.deadline)}<//><${Fact} name="Nodes">${[...fold.nodes].join(', ')}<//>
      <${Fact} name="Models">${models && Object.entries(models).map(([step, model]) => `${step}: ${model}`).join(', ')}<//>
      <${Fact} name="Idempotency key">${fold.queued?.idempotency_key}<//><${Fact} name="Reason of the cancel">${run.cancel_reason}<//>
    </dl></section></div>`;
};
