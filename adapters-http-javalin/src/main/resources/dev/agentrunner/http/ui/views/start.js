import { html, useMemo, useState } from '../lib/dom.js';
import { get, onceKey, path, post } from '../lib/api.js';
import { go, href, useRoute, first } from '../lib/router.js';
import { control, example } from '../lib/schema.js';
import { useAction, useLoad } from '../lib/use.js';
import { Field, JsonField, SchemaForm } from '../parts/form.js';
import { Blank, Loaded, Trouble } from '../parts/states.js';

/** The steps that ask a model, wherever they are. */
const asking = (steps = []) => [...new Set(steps.flatMap((s) => [...(s.kind === 'llm' ? [s.name] : []), ...asking(s.steps)]))];

const Models = ({ steps, value, set }) => {
  const providers = useLoad((signal) => get('providers', {}, signal).catch(() => ({ items: [] })), []);
  const known = (providers.value?.items ?? []).flatMap((p) => (p.models ?? []).map((m) => `${p.name}/${m.name ?? m}`));
  if (!steps.length) return null;
  return html`<fieldset class="group"><legend>Models instead of the workflow's own</legend>
    <datalist id="models">${known.map((model) => html`<option value=${model} />`)}</datalist>
    ${steps.map((step) => html`<${Field} id=${`model-${step}`} label=${step} key=${step}>${(attributes) => html`<input ...${attributes} class="mono" list="models" placeholder="provider/model" value=${value[step] ?? ''}
      onInput=${(e) => set({ ...value, [step]: e.target.value })} />`}<//>`)}</fieldset>`;
};

/** `key=value` by lines, as an object. */
const pairs = (text) => Object.fromEntries(text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => line.split(/[=:](.*)/s).slice(0, 2).map((p) => p.trim())));
const filled = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== '' && value !== undefined));

const More = ({ more, set, errors }) => {
  const field = (name, label, hint, extra = {}) => html`<${Field} id=${`more-${name}`} label=${label} hint=${hint} errors=${errors.filter((e) => e.pointer.split('/').includes(name))}>
    ${(attributes) => html`<input ...${attributes} ...${extra} value=${more[name] ?? ''} onInput=${(e) => set({ ...more, [name]: e.target.value })} />`}<//>`;
  return html`<details class="more"><summary>More: labels, queue, priority, deadline</summary>
    <${Field} id="more-labels" label="Labels" hint="One a line, as key=value" errors=${errors.filter((e) => e.pointer.startsWith('/labels'))}>
      ${(attributes) => html`<textarea ...${attributes} class="mono" rows="2" value=${more.labels ?? ''} onInput=${(e) => set({ ...more, labels: e.target.value })}></textarea>`}<//>
    <div class="row">${field('queue', 'Queue', undefined, { placeholder: 'default' })}${field('priority', 'Priority', undefined, { inputmode: 'numeric', placeholder: '0' })}${field('deadline_seconds', 'Deadline in seconds', undefined, { inputmode: 'numeric', placeholder: 'none' })}</div></details>`;
};

const StartForm = ({ workflow, name }) => {
  const schema = workflow.input_schema ?? {};
  const plain = control(schema) === 'json';
  const [raw, setRaw] = useState(plain);
  const [value, setValue] = useState(() => example(schema, schema) ?? (plain ? {} : undefined));
  const [broken, setBroken] = useState(false);
  const [title, setTitle] = useState(name ?? '');
  const [more, setMore] = useState({});
  const [models, setModels] = useState({});
  const steps = useMemo(() => asking(workflow.steps), [workflow]);
  // Sent twice, the same values start one run.
  const once = useMemo(onceKey, [value, title, more, models]);
  const start = useAction(async () => {
    const options = filled({ models: Object.keys(filled(models)).length ? filled(models) : undefined, deadline_seconds: more.deadline_seconds && number(more.deadline_seconds) });
    const run = await post('runs', filled({
      workflow: workflow.name, version: workflow.version, input: value, name: title.trim(), queue: more.queue?.trim(),
      priority: more.priority && number(more.priority), labels: more.labels ? pairs(more.labels) : undefined, options: Object.keys(options).length ? options : undefined,
    }), { 'Idempotency-Key': once });
    go(href(['runs', run.id]));
  });
  const errors = start.error?.errors ?? [];
  const inInput = errors.filter((e) => e.pointer.startsWith('/input')).map((e) => ({ ...e, pointer: e.pointer.slice('/input'.length) }));
  const submit = (e) => {
    e.preventDefault();
    start.run();
  };
  const showRaw = (on) => () => !broken && setRaw(on);
  return html`<form class="start" onSubmit=${submit} noValidate>
    <${Field} id="start-name" label="Name" hint="By which you find the run again; may be left out" errors=${errors.filter((e) => e.pointer === '/name')}>
      ${(attributes) => html`<input ...${attributes} maxlength="200" value=${title} onInput=${(e) => setTitle(e.target.value)} />`}<//>
    <div class="section-head"><h2>Input</h2>
      ${!plain && html`<div class="seg" role="group" aria-label="Input as"><button type="button" aria-pressed=${!raw} onClick=${showRaw(false)}>Form</button><button type="button" aria-pressed=${raw} onClick=${showRaw(true)}>JSON</button></div>`}</div>
    ${raw ? html`<${JsonField} id="start-json" label="Input as JSON" value=${value} rows=${12} errors=${inInput.map((e) => ({ ...e, detail: `${e.pointer || 'The input'}: ${e.detail}` }))}
        set=${(next, wrong) => { setBroken(Boolean(wrong)); if (!wrong) setValue(next); }} />`
      : html`<${SchemaForm} schema=${schema} value=${value} set=${setValue} errors=${inInput} />`}
    <${Models} steps=${steps} value=${models} set=${setModels} />
    <${More} more=${more} set=${setMore} errors=${errors} />
    <${Trouble} error=${start.error} />
    ${errors.length > 0 && html`<ul class="trouble-list">${errors.map((e) => html`<li><code>${e.pointer}</code> ${e.detail}</li>`)}</ul>`}
    <div class="actions"><button class="button primary" disabled=${start.pending || broken} aria-busy=${Boolean(start.busy)}>Start the run</button>
      <a class="button" href=${href(['workflows', workflow.name])}>About this workflow</a></div>
  </form>`;
};

const number = (text) => (Number.isNaN(Number(text)) ? text : Number(text));

const Choose = () => {
  const list = useLoad((signal) => get('workflows', {}, signal), []);
  return html`<${Loaded} of=${list} what="the workflows">${({ items }) => (items.length === 0
    ? html`<${Blank} kind="nothing" title="No workflow is installed"><p>Put a workflow file into the folder that <code>AGENT_RUNNER_WORKFLOWS</code> names, and start the server again.</p><//>`
    : html`<ul class="choices">${items.map((w) => html`<li><a class="card" href=${href(['start', w.name])}><strong class="mono">${w.name}</strong><span class="muted">${w.description}</span></a></li>`)}</ul>`)}<//>`;
};

/** Starts a run: of a workflow that is chosen first, unless the address names it. */
export const Start = ({ workflow }) => {
  const { query } = useRoute();
  const name = workflow ?? first(query, 'workflow');
  const about = useLoad((signal) => (name ? get(path('workflows', name), {}, signal) : undefined), [name]);
  if (!name) return html`<section class="view narrow"><h1>Start a run</h1><${Choose} /></section>`;
  return html`<section class="view narrow"><p class="crumbs"><a href=${href(['start'])}>Start a run</a></p>
    <h1 class="mono">${name}</h1>
    <${Loaded} of=${about} what="the workflow">${(found) => html`${found.description && html`<p class="muted">${found.description}</p>`}<${StartForm} workflow=${found} name=${first(query, 'name')} />`}<//></section>`;
};
