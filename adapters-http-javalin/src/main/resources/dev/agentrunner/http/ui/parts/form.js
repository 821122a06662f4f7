import { html, useState } from '../lib/dom.js';
import { changed, control, example, pointer, resolved } from '../lib/schema.js';
import { Icon } from './icons.js';

const idOf = (path) => `in${pointer(path).replace(/[^\w]/g, '-')}`;

/** The messages about one place; those about what is in a place without fields of its own are shown there too. */
const about = (errors, path, deep) =>
  errors.filter((e) => e.pointer === pointer(path) || (deep && e.pointer.startsWith(`${pointer(path)}/`)));

const Said = ({ id, errors }) => (errors.length
  ? html`<p class="field-error" id=${id}><${Icon} name="failed" />${errors.map((e) => e.detail).join(' ')}</p>` : null);

/** A label, a control, what it is for, and what is wrong with it. */
export const Field = ({ id, label, hint, needed, errors = [], quiet, children }) => html`
  <div class=${errors.length ? 'field bad' : 'field'}>
    <label for=${id} class=${quiet && 'sr-only'}>${label}${needed && html`<span class="muted"> (required)</span>`}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${children({ id, 'aria-describedby': [hint && `${id}-hint`, errors.length && `${id}-error`].filter(Boolean).join(' ') || undefined, 'aria-invalid': errors.length ? 'true' : undefined })}
    <${Said} id=${`${id}-error`} errors=${errors} />
  </div>`;

/** JSON as text that is kept as it is typed, and handed on whenever it can be read. */
export const JsonField = ({ label, hint, value, errors = [], needed, quiet, id, set, rows = 4 }) => {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [wrong, setWrong] = useState();
  const type = ({ target }) => {
    setText(target.value);
    try {
      set(target.value.trim() === '' ? undefined : JSON.parse(target.value));
      setWrong(undefined);
    } catch (e) {
      setWrong({ pointer: '', detail: `This is not JSON yet: ${e.message}.` });
      set(undefined, true);
    }
  };
  return html`<${Field} id=${id} label=${label} hint=${hint} needed=${needed} quiet=${quiet} errors=${wrong ? [wrong] : errors}>
    ${(attributes) => html`<textarea ...${attributes} class="mono" rows=${rows} spellcheck="false" value=${text} onInput=${type}></textarea>`}<//>`;
};

const parsed = (text, integer) => {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) || (integer && !Number.isInteger(number)) ? text : number;
};

const CONTROLS = {
  text: ({ attributes, value, set, schema }) =>
    html`<input ...${attributes} type="text" value=${value ?? ''} placeholder=${schema.examples?.[0]} onInput=${(e) => set(e.target.value)} />`,
  long: ({ attributes, value, set }) => html`<textarea ...${attributes} rows="4" value=${value ?? ''} onInput=${(e) => set(e.target.value)}></textarea>`,
  number: ({ attributes, value, set, schema }) => html`<input ...${attributes} type="text" inputmode="decimal" value=${value ?? ''}
    onInput=${(e) => set(parsed(e.target.value, schema.type === 'integer'))} />`,
  choice: ({ attributes, value, set, schema }) => html`<select ...${attributes} onChange=${(e) => set(e.target.value === '' ? undefined : schema.enum[e.target.value])}>
    <option value="" selected=${value === undefined}>–</option>
    ${schema.enum.map((each, i) => html`<option value=${i} selected=${each === value}>${String(each)}</option>`)}</select>`,
};

const Flag = ({ id, label, hint, value, set, errors }) => html`<div class="field flag">
  <input type="checkbox" id=${id} checked=${value === true} aria-describedby=${hint && `${id}-hint`} onChange=${(e) => set(e.target.checked)} />
  <label for=${id}>${label}</label>${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}<${Said} errors=${errors} /></div>`;

const List = ({ schema, root, value = [], path, edit, errors, label, hint }) => {
  const items = Array.isArray(value) ? value : [];
  return html`<fieldset class="group"><legend>${label}</legend>
    ${hint && html`<p class="hint">${hint}</p>`}<${Said} errors=${about(errors, path)} />
    ${items.map((_, i) => html`<div class="list-item" key=${i}>
      <${Part} schema=${schema.items ?? {}} root=${root} value=${items[i]} path=${[...path, i]} edit=${edit} errors=${errors} label=${`${label} ${i + 1}`} quiet />
      <button type="button" class="bare" aria-label=${`Remove ${label} ${i + 1}`} onClick=${() => edit(path, items.filter((__, j) => j !== i))}><${Icon} name="close" /></button></div>`)}
    <button type="button" class="button small" onClick=${() => edit(path, [...items, example(schema.items ?? {}, root) ?? null])}>Add one</button></fieldset>`;
};

const Group = ({ schema, root, value, path, edit, errors, label, hint }) => {
  const parts = Object.entries(schema.properties).map(([key, each]) => html`<${Part} key=${key} schema=${each} root=${root} value=${value?.[key]}
    path=${[...path, key]} edit=${edit} errors=${errors} label=${key} needed=${schema.required?.includes(key)} />`);
  if (!path.length) return html`<${Said} errors=${about(errors, path)} />${parts}`;
  return html`<fieldset class="group"><legend>${label}</legend>${hint && html`<p class="hint">${hint}</p>`}<${Said} errors=${about(errors, path)} />${parts}</fieldset>`;
};

function Part({ schema: raw, root, value, path, edit, errors, label, needed, quiet }) {
  const schema = resolved(raw, root);
  const kind = control(schema);
  const common = { schema, root, value, path, edit, errors, label: schema.title ?? label, hint: schema.description };
  if (kind === 'group') return html`<${Group} ...${common} />`;
  if (kind === 'list') return html`<${List} ...${common} />`;
  const own = { id: idOf(path), label: common.label, hint: common.hint, value, set: (next) => edit(path, next), needed, quiet, errors: about(errors, path, true) };
  if (kind === 'flag') return html`<${Flag} ...${own} />`;
  if (kind === 'json') return html`<${JsonField} ...${own} />`;
  return html`<${Field} ...${own}>${(attributes) => html`<${CONTROLS[kind]} attributes=${attributes} value=${value} set=${own.set} schema=${schema} />`}<//>`;
}

/** A form for a value that a JSON Schema describes. `errors` are those of a problem, by pointer into the value. */
export const SchemaForm = ({ schema, value, set, errors }) => html`
  <${Part} schema=${schema} root=${schema} value=${value} path=${[]} edit=${(path, next) => set(changed(value, path, next))} errors=${errors} label="Input" needed=${true} />`;
