import { html, useState } from '../lib/dom.js';
import { path, post, remove } from '../lib/api.js';
import { go, href } from '../lib/router.js';
import { useAction } from '../lib/use.js';
import { Button } from '../parts/bits.js';
import { Dialog } from '../parts/dialog.js';
import { Field, JsonField } from '../parts/form.js';
import { Trouble } from '../parts/states.js';
import { toast } from '../parts/toast.js';

/** Something to fill in and to send; closes when it was taken. */
const Ask = ({ title, verb, tone = 'primary', send, ready = true, close, children }) => {
  const action = useAction(async () => {
    await send();
    close();
  });
  const submit = (e) => {
    e.preventDefault();
    action.run();
  };
  return html`<${Dialog} title=${title} close=${close}><form onSubmit=${submit}>
    <div class="dialog-body">${children}<${Trouble} error=${action.error} /></div>
    <footer class="dialog-foot"><${Button} action=${close}>Close<//><button class=${`button ${tone}`} disabled=${action.pending || !ready} aria-busy=${Boolean(action.busy)}>${verb}</button></footer></form><//>`;
};

export const DirectiveDialog = ({ run, close, again }) => {
  const [text, setText] = useState('');
  const send = async () => {
    await post(`${path('runs', run.id)}/directive`, { text });
    toast('The directive is recorded');
    again();
  };
  return html`<${Ask} title="Send a directive" verb="Send" send=${send} ready=${text.trim()} close=${close}>
    <p>A word to the run while it works. It is recorded, and read by the next step that looks for directives.</p>
    <${Field} id="directive" label="Directive">${(a) => html`<textarea ...${a} data-focus rows="4" value=${text} onInput=${(e) => setText(e.target.value)}></textarea>`}<//><//>`;
};

export const SignalDialog = ({ run, fold, close, again }) => {
  const awaited = [...fold.steps.values()].filter((s) => s.status === 'RUNNING' && s.signal).map((s) => s.signal);
  const [name, setName] = useState(awaited[0] ?? '');
  const [payload, setPayload] = useState({});
  const [broken, setBroken] = useState(false);
  const send = async () => {
    await post(`${path('runs', run.id)}/${path('signals', name.trim())}`, payload ?? null);
    toast(`The signal ${name} is recorded`);
    again();
  };
  return html`<${Ask} title="Send a signal" verb="Send" send=${send} ready=${name.trim() && !broken} close=${close}>
    <${Field} id="signal-name" label="Name" hint=${awaited.length ? `The run waits for: ${awaited.join(', ')}` : 'The run waits for no signal now; it finds this one when it does.'}>
      ${(a) => html`<input ...${a} class="mono" data-focus list="awaited" value=${name} onInput=${(e) => setName(e.target.value)} />`}<//>
    <datalist id="awaited">${awaited.map((s) => html`<option value=${s} />`)}</datalist>
    <${JsonField} id="signal-payload" label="Payload" value=${payload} set=${(value, wrong) => { setPayload(value); setBroken(Boolean(wrong)); }} /><//>`;
};

export const DeleteDialog = ({ run, close }) => {
  const send = async () => {
    await remove(path('runs', run.id));
    toast(`${run.name || run.workflow} is deleted`);
    go(href(['runs']));
  };
  return html`<${Ask} title=${`Delete ${run.name || run.workflow}?`} verb="Delete the run" tone="danger" send=${send} close=${close}>
    <p>Its events, results and artifacts are deleted for good. That it existed stays recorded.</p><//>`;
};
