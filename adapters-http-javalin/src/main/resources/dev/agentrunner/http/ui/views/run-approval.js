import { html, useState } from '../lib/dom.js';
import { path, post } from '../lib/api.js';
import { time } from '../lib/format.js';
import { mayWrite } from '../lib/session.js';
import { useAction } from '../lib/use.js';
import { Ago, Button } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { Preview } from '../parts/preview.js';
import { Trouble } from '../parts/states.js';

/** What a run asks a person, what it is about, and the answer. */
export const Approval = ({ run, approval, fold, again }) => {
  const [comment, setComment] = useState('');
  const [look, setLook] = useState(false);
  const answer = useAction(async (approved) => {
    await post(`${path('runs', run.id)}/${path('signals', approval.signal ?? `approval.${approval.step_id}`)}`, { approved, ...(comment.trim() && { comment: comment.trim() }) });
    again();
  });
  const found = fold.artifacts.find((a) => a.id === approval.artifact_id);
  const until = fold.steps.get(approval.step_id)?.wakeAt ?? time(run.wake_at);
  const id = `comment-${approval.step_id}`;
  return html`<section class="panel tone-panel-waiting" aria-label="Approval">
    <h2><${Icon} name="person" />${approval.message}</h2>
    <p class="facts"><span class="mono">${approval.step_id}</span>${until && html`<span>answer expected <${Ago} at=${until} /></span>`}
      ${found && html`<button type="button" class="bare link" aria-expanded=${look} onClick=${() => setLook(!look)}>${look ? 'Hide' : 'Show'} ${found.name}</button>`}</p>
    ${look && html`<div class="panel-inner"><${Preview} artifact=${{ ...found, run_id: run.id }} /></div>`}
    ${mayWrite() ? html`<div class="field"><label for=${id}>Comment</label><textarea id=${id} rows="2" placeholder="optional; the run can read it" value=${comment} onInput=${(e) => setComment(e.target.value)}></textarea></div>
      <${Trouble} error=${answer.error} />
      <div class="actions"><${Button} tone="primary" icon="completed" action=${() => answer.run(true)} busy=${answer.busy} pending=${answer.pending}>Approve<//>
        <${Button} tone="danger" icon="close" action=${() => answer.run(false)} busy=${answer.busy} pending=${answer.pending}>Reject<//></div>`
      : html`<p class="muted">Somebody with an operator's key has to answer.</p>`}
  </section>`;
};
