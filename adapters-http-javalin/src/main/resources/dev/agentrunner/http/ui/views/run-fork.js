import { html, useState } from '../lib/dom.js';
import { path, post } from '../lib/api.js';
import { go, href } from '../lib/router.js';
import { useAction } from '../lib/use.js';
import { Button } from '../parts/bits.js';
import { Dialog } from '../parts/dialog.js';
import { Field, JsonField } from '../parts/form.js';
import { Trouble } from '../parts/states.js';

const MOST = 500;

/** A new run that goes on from a step of this one. */
export const ForkDialog = ({ run, fold, given, close }) => {
  const steps = [...fold.steps.values()].filter((s) => s.status !== 'SKIPPED').slice(0, MOST);
  // Where nothing is left to do, doing nothing again is not what anybody wants.
  const [from, setFrom] = useState(given ?? (run.status === 'COMPLETED' ? steps[0]?.id : '') ?? '');
  const [input, setInput] = useState(run.input ?? fold.queued?.input);
  const [edited, setEdited] = useState(false);
  const [broken, setBroken] = useState(false);
  const fork = useAction(async () => {
    const made = await post(`${path('runs', run.id)}/fork`, { ...(from && { from_step: from }), ...(edited && { input }) });
    close();
    go(href(['runs', made.id]));
  });
  const submit = (e) => {
    e.preventDefault();
    fork.run();
  };
  return html`<${Dialog} title=${`Fork ${run.name || run.workflow}`} wide close=${close}><form onSubmit=${submit}>
    <div class="dialog-body">
      <p>A new run starts with copies of what was recorded before the step, and does that step and what follows anew. This run stays as it is.</p>
      <${Field} id="fork-from" label="From step">${(a) => html`<select ...${a} data-focus class="mono" onChange=${(e) => setFrom(e.target.value)}>
        <option value="" selected=${!from}>what did not complete</option>
        ${steps.map((s) => html`<option value=${s.id} selected=${s.id === from}>${s.id} · ${s.status.toLowerCase()}</option>`)}
       </select>`}<//>
      <${JsonField} id="fork-input" label="Input" hint="As this run had it, unless you change it" value=${input} rows=${8} errors=${(fork.error?.errors ?? []).filter((e) => e.pointer.startsWith('/input'))}
        set=${(value, wrong) => { setInput(value); setEdited(true); setBroken(Boolean(wrong)); }} />
      <${Trouble} error=${fork.error} />
    </div>
    <footer class="dialog-foot"><${Button} action=${close}>Close<//><button class="button primary" disabled=${fork.pending || broken} aria-busy=${Boolean(fork.busy)}>Start the fork</button></footer></form><//>`;
};
