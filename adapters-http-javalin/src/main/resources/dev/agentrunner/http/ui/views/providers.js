import { html } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { bytes } from '../lib/format.js';
import { useLoad } from '../lib/use.js';
import { useEvery } from '../lib/every.js';
import { Icon } from '../parts/icons.js';
import { Blank, Loaded } from '../parts/states.js';
import { Pull } from './pull.js';

const Reach = ({ reachable }) => html`<span class=${`pill tone-${reachable ? 'completed' : 'failed'}`}><${Icon} name=${reachable ? 'completed' : 'failed'} />${reachable ? 'reachable' : 'not reachable'}</span>`;

const Provider = ({ provider, again }) => html`<article class="card">
  <header class="card-head"><h2>${provider.name}</h2><${Reach} reachable=${provider.reachable} /></header>
  ${provider.error && html`<p class="sentence">${provider.error}</p>`}
  ${provider.scripted && html`<p class="muted">It plays back recorded answers.</p>`}
  ${!provider.reachable && html`<p class="muted">Steps that ask its models are tried again, and fail when their tries are used up.</p>`}
  ${provider.models?.length
    ? html`<ul class="models">${provider.models.map((model) => html`<li class="mono">${provider.name}/${model.name}${model.size_bytes > 0 && html` <span class="muted">${bytes(model.size_bytes)}</span>`}</li>`)}</ul>`
    : provider.reachable && html`<p class="muted">It does not list its models.</p>`}
  ${provider.lists_models && !provider.scripted && html`<${Pull} provider=${provider} again=${again} />`}
</article>`;

export const Providers = () => {
  const providers = useLoad((signal) => get('providers', {}, signal), []);
  const pulling = providers.value?.items.some((p) => p.pulls?.some((of) => !of.error));
  useEvery(pulling ? 1000 : 15_000, providers.again);
  return html`<section class="view"><h1>Providers</h1>
    <${Loaded} of=${providers} what="the providers">${({ items }) => (items.length === 0
      ? html`<${Blank} kind="nothing" title="No provider of models is configured"><p>Set <code>OLLAMA_HOST</code> and start the server again.</p><//>`
      : html`<div class="grid">${items.map((p) => html`<${Provider} key=${p.name} provider=${p} again=${providers.again} />`)}</div>`)}<//></section>`;
};
