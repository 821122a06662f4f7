import { html, useState, useEffect, classes } from '../lib/dom.js';
import { useNow } from '../lib/clock.js';
import { count, duration, exact, money, relative, shortId } from '../lib/format.js';
import { Icon } from './icons.js';
import { say } from './toast.js';

const WAITING = { PAUSED: 'paused', TIMER: 'sleeping', SIGNAL: 'awaits signal', APPROVAL: 'needs approval', CHILD: 'awaits child', RETRY: 'retries soon' };

/** What a run waits for; one that is to pause does so whatever else it waits for. */
export const waitOf = (run) => (run.waiting && run.pause_requested ? 'PAUSED' : run.waiting);

/** How a run stands, in one word and its colour: a run that waits is not shown as one that works. */
export function standing(run) {
  const { status, cancel_requested: canceling, pause_requested: pausing } = run;
  const waiting = waitOf(run);
  if (canceling && (status === 'RUNNING' || status === 'QUEUED')) return { tone: 'canceled', word: 'canceling' };
  if (status === 'RUNNING' && pausing && !waiting) return { tone: 'waiting', word: 'pausing', icon: 'pause' };
  if (status === 'RUNNING' && waiting) return { tone: 'waiting', word: WAITING[waiting] ?? 'waiting', icon: waiting === 'PAUSED' ? 'pause' : 'waiting' };
  const tone = status.toLowerCase();
  return { tone, word: tone };
}

export const Pill = ({ of }) => {
  const { tone, word, icon } = standing(of);
  return html`<span class=${classes('pill', `tone-${tone}`)}><${Icon} name=${icon ?? tone} />${word}</span>`;
};

/** How long something takes or took; counts on while it has not ended. Times in milliseconds. */
export const Duration = ({ from, to, ms }) => {
  const now = useNow(ms === undefined && from !== undefined && to === undefined);
  const value = ms ?? (from === undefined ? undefined : (to ?? now) - from);
  return html`<span class="duration">${duration(value)}</span>`;
};

export const Ago = ({ at }) => {
  const now = useNow();
  if (!at) return html`<span class="muted">–</span>`;
  return html`<time class="ago" datetime=${new Date(at).toISOString()} title=${exact(at)}>${relative(at, now)}</time>`;
};

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Browsers keep the clipboard from pages that came over plain HTTP from another machine, but for this old way.
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  return undefined;
}

/** A button that copies a text, and says so. */
export const Copy = ({ text, what, kind = what, title, children }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const press = async (e) => {
    e.stopPropagation();
    await copy(text);
    setCopied(true);
    say(`Copied ${what}`);
  };
  return html`<button type="button" class="chip mono" title=${title ?? `Copy ${what}`} onClick=${press}>
    <span class="sr-only">Copy ${kind} </span>${children}<${Icon} name=${copied ? 'completed' : 'copy'} />
  </button>`;
};

/** An id, short; a click copies it in full. */
export const IdChip = ({ id }) => html`<${Copy} text=${id} what=${`id ${id}`} kind="id" title=${id}>${shortId(id)}<//>`;

export const Usage = ({ of }) => {
  if (!of || (!of.input_tokens && !of.output_tokens)) return null;
  const cost = Number(of.cost_usd ?? 0) > 0 ? ` · ${money(of.cost_usd)}` : ''; // a model of one's own costs nothing
  const title = `${of.input_tokens} tokens in, ${of.output_tokens} tokens out${cost}`;
  return html`<span class="usage" title=${title}>${count(of.input_tokens)} in · ${count(of.output_tokens)} out${cost}</span>`;
};

export const Label = ({ name, value }) => html`<span class="label"><span class="muted">${name}</span> ${value}</span>`;

/** A button that is not to be pressed twice while it works. */
export const Button = ({ action, busy, pending, icon, tone, children, ...rest }) => html`
  <button type="button" class=${classes('button', tone)} disabled=${pending || rest.disabled} aria-busy=${Boolean(busy)} onClick=${action} ...${rest}>
    ${busy ? html`<span class="spinner" aria-hidden="true"></span>` : icon && html`<${Icon} name=${icon} />`}<span>${children}</span>
  </button>`;
