import { html, useState } from '../lib/dom.js';
import { path, post } from '../lib/api.js';
import { useAction } from '../lib/use.js';
import { Button } from '../parts/bits.js';
import { Dialog } from '../parts/dialog.js';
import { Trouble } from '../parts/states.js';
import { toast } from '../parts/toast.js';

export const CancelDialog = ({ run, close }) => {
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  const cancel = useAction(async () => {
    await post(`${path('runs', run.id)}/cancel`, { ...(reason && { reason }), ...(force && { force }) });
    toast(`${run.name || run.workflow} is asked to stop`, { tone: 'canceled' });
    close();
  });
  const submit = (e) => {
    e.preventDefault();
    cancel.run();
  };
  return html`<${Dialog} title=${`Cancel ${run.name || run.workflow}?`} close=${close}>
    <form onSubmit=${submit}>
      <div class="dialog-body">
        <p>The step that runs now is stopped and the run ends as canceled. What it has done so far stays recorded; it can be forked from there.</p>
        <div class="field"><label for="cancel-reason">Reason</label><input id="cancel-reason" data-focus placeholder="optional" value=${reason} onInput=${(e) => setReason(e.target.value)} /></div>
        <label class="check"><input type="checkbox" checked=${force} onChange=${(e) => setForce(e.target.checked)} /> At once, without giving the step time to stop by itself</label>
        <${Trouble} error=${cancel.error} />
      </div>
      <footer class="dialog-foot"><${Button} action=${close}>Keep it<//><button class="button danger" disabled=${cancel.pending} aria-busy=${Boolean(cancel.busy)}>Cancel the run</button></footer>
    </form><//>`;
};
