import { html, useState } from '../lib/dom.js';
import { path, post } from '../lib/api.js';
import { bytes } from '../lib/format.js';
import { mayWrite } from '../lib/session.js';
import { useAction } from '../lib/use.js';
import { Trouble } from '../parts/states.js';

const Progress = ({ of }) => html`<li class="pull-line"><span class="mono">${of.model}</span> ${of.error
  ? html`<span class="tone-text-failed">${of.error}</span>`
  : html`<span class="muted">${of.status}</span> ${of.total_bytes > 0 && html`<progress max=${of.total_bytes} value=${of.completed_bytes} aria-label=${`Pulled of ${of.model}`}></progress>
    <span class="muted">${bytes(of.completed_bytes)} of ${bytes(of.total_bytes)}</span>`}`}</li>`;

/** Has a provider fetch a model; the server says how far each is, so that a reload changes nothing. */
export const Pull = ({ provider, again }) => {
  const [model, setModel] = useState('');
  const pull = useAction(async () => {
    await post(`${path('providers', provider.name)}/pull`, { model: model.trim() });
    setModel('');
    again();
  });
  const submit = (e) => {
    e.preventDefault();
    pull.run();
  };
  const id = `pull-${provider.name}`;
  return html`${provider.pulls?.length > 0 && html`<ul aria-label="Models being pulled">${provider.pulls.map((of) => html`<${Progress} key=${of.model} of=${of} />`)}</ul>`}
    ${mayWrite() && html`<form class="pull" onSubmit=${submit}><label for=${id}>Pull a model</label>
      <div class="row"><input id=${id} class="mono" value=${model} onInput=${(e) => setModel(e.target.value)} />
        <button class="button" disabled=${pull.pending || !model.trim()}>Pull</button></div>
      <${Trouble} error=${pull.error} /></form>`}`;
};
