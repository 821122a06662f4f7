import { html, useEffect, useState } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { isFiltered, NONE, SPANS, STATUSES } from '../lib/filters.js';
import { first, setQuery } from '../lib/router.js';
import { useLoad } from '../lib/use.js';
import { Icon } from '../parts/icons.js';

/** Typed text goes to the address when the typing pauses. */
const Typed = ({ id, label, name, value, placeholder, type = 'search' }) => {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => setQuery({ [name]: [text.trim()] }), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<label class="sr-only" for=${id}>${label}</label>
    <input id=${id} type=${type} placeholder=${placeholder} value=${text} onInput=${(e) => setText(e.target.value)} />`;
};

const StatusMenu = ({ chosen }) => html`<details class="menu"><summary class="button">${chosen.length ? `Status: ${chosen.join(', ').toLowerCase()}` : 'Any status'}<${Icon} name="down" /></summary>
  <div class="menu-box" role="group" aria-label="Status">${STATUSES.map((status) => html`<label class="check"><input type="checkbox" checked=${chosen.includes(status)}
    onChange=${(e) => setQuery({ status: e.target.checked ? [...chosen, status] : chosen.filter((s) => s !== status) })} /><${Icon} name=${status.toLowerCase()} />${status.toLowerCase()}</label>`)}</div></details>`;

const Labels = ({ labels }) => html`${labels.filter(Boolean).map((label) => html`<button type="button" class="chip" key=${label} aria-label=${`Remove the filter ${label}`}
  onClick=${() => setQuery({ label: labels.filter((l) => l !== label) })}>${label}<${Icon} name="close" /></button>`)}`;

const AddLabel = ({ labels }) => {
  const [text, setText] = useState('');
  const add = (e) => {
    e.preventDefault();
    if (/^[^:]+:.*/.test(text)) {
      setQuery({ label: [...labels.filter((l) => l !== text), text] });
      setText('');
    }
  };
  return html`<form class="inline" onSubmit=${add}><label class="sr-only" for="filter-label">Label, as key:value</label>
    <input id="filter-label" class="short" placeholder="label key:value" value=${text} onInput=${(e) => setText(e.target.value)} /></form>`;
};

export const Filters = ({ query, children }) => {
  const workflows = useLoad((signal) => get('workflows', {}, signal), []);
  const workflow = first(query, 'workflow');
  const names = [...new Set([...(workflows.value?.items ?? []).map((w) => w.name), workflow].filter(Boolean))];
  return html`<div class="filters" role="search" aria-label="Filter runs">
    <${Typed} id="filter-text" name="q" label="Find in id, name, workflow and input" placeholder="Find in name, id, input…  /" value=${first(query, 'q')} />
    <${StatusMenu} chosen=${(query.status ?? []).filter(Boolean)} />
    <select aria-label="Workflow" value=${workflow} onChange=${(e) => setQuery({ workflow: [e.target.value] })}>
      <option value="" selected=${!workflow}>Any workflow</option>${names.map((name) => html`<option value=${name} selected=${name === workflow}>${name}</option>`)}</select>
    <select aria-label="Created" onChange=${(e) => setQuery({ since: [e.target.value] })}>
      <option value="">Any time</option>${Object.entries(SPANS).map(([key, [text]]) => html`<option value=${key} selected=${first(query, 'since') === key}>${text}</option>`)}</select>
    <${AddLabel} labels=${query.label ?? []} /><${Labels} labels=${query.label ?? []} />
    ${isFiltered(query) && html`<button type="button" class="bare link" onClick=${() => setQuery(NONE)}>Clear</button>`}
    <span class="grow"></span>${children}
  </div>`;
};
