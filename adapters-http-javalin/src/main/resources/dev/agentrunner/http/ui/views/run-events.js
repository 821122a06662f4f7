import { html, useMemo } from '../lib/dom.js';
import { clock, duration, exact, plural, time } from '../lib/format.js';
import { isError } from '../lib/fold.js';
import { useKeys } from '../lib/keys.js';
import { first, go, here, href, setQuery } from '../lib/router.js';
import { hasEnded } from '../lib/run.js';
import { Ago, Copy } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { Json } from '../parts/json.js';
import { Blank } from '../parts/states.js';
import { Virtual } from '../parts/virtual.js';
import { eventText, eventTone } from './event-text.js';

const narrow = matchMedia('(max-width: 700px)');

/** The events that the filters leave, errors before the others if asked. */
function chosenEvents(fold, query) {
  const [types, steps, text] = [query.type?.filter(Boolean) ?? [], first(query, 'step'), first(query, 'q').toLowerCase()];
  const fits = (event) => (!types.length || types.includes(event.type)) && (!steps || event.step_id === steps || event.step_id?.startsWith(`${steps}/`))
    && (!text || `${event.type} ${event.step_id ?? ''} ${JSON.stringify(event.payload)}`.toLowerCase().includes(text));
  const found = types.length || steps || text ? fold.events.filter(fits) : fold.events;
  return first(query, 'errors') ? [...found.filter(isError), ...found.filter((e) => !isError(e))] : found;
}

const Row = ({ event, start, chosen, nth, all, error }) => html`<div class=${`event ${chosen ? 'chosen' : ''} ${error ? 'error' : ''}`} role="listitem" aria-posinset=${nth + 1} aria-setsize=${all} key=${event.seq}>
  <button type="button" class="event-button mono" aria-pressed=${chosen} onClick=${() => setQuery({ event: chosen ? undefined : String(event.seq) })}>
    <span class="event-seq">${event.seq}</span><span class="event-at" title=${exact(time(event.created_at))}>+${duration(time(event.created_at) - start)}</span>
    <span class=${`event-type tone-text-${eventTone(event)}`}><${Icon} name=${eventTone(event)} />${event.type}</span><span class="event-step clip">${event.step_id}</span><span class="event-text clip">${eventText(event)}</span></button></div>`;

const Filters = ({ fold, query }) => html`<div class="filters" role="search" aria-label="Filter events">
  <label class="sr-only" for="event-text">Find in events</label><input id="event-text" type="search" placeholder="Find…  /" value=${first(query, 'q')} onInput=${(e) => setQuery({ q: e.target.value })} />
  <select aria-label="Type" onChange=${(e) => setQuery({ type: e.target.value })}><option value="">All types</option>${[...fold.types].sort(([a], [b]) => a.localeCompare(b)).map(([type, n]) => html`<option value=${type} selected=${first(query, 'type') === type}>${type} (${n.toLocaleString('en')})</option>`)}</select>
  <select aria-label="Step" onChange=${(e) => setQuery({ step: e.target.value })}><option value="">All steps</option>${[...fold.steps.keys()].slice(0, 500).map((id) => html`<option value=${id} selected=${first(query, 'step') === id}>${id}</option>`)}</select>
  <label class="check"><input type="checkbox" checked=${Boolean(first(query, 'errors'))} onChange=${(e) => setQuery({ errors: e.target.checked ? '1' : undefined })} /> Errors first (${fold.errors.toLocaleString('en')})</label>
</div>`;

const Detail = ({ event }) => html`<section class="card event-detail" aria-label=${`Event ${event.seq}`}>
  <header class="card-head"><h2 class="mono">#${event.seq} ${event.type}</h2><span class="grow"></span>
    <${Copy} text=${location.href} what="the link to this event">link<//>
    <button type="button" class="bare" aria-label="Close the event" onClick=${() => setQuery({ event: undefined })}><${Icon} name="close" /></button></header>
  <p class="facts"><${Ago} at=${time(event.created_at)} /><span class="mono">${clock(time(event.created_at))}</span><span>by <span class="mono">${event.actor}</span></span>${event.step_id && html`<a class="mono" href=${href([...here().parts.slice(0, 2), 'timeline'], { step: event.step_id })}>${event.step_id}</a>`}</p>
  <${Json} key=${event.seq} value=${event.payload} /></section>`;

export const Events = ({ run, fold, version, query }) => {
  const events = useMemo(() => chosenEvents(fold, query), [fold.version, query]);
  const at = Number(first(query, 'event'));
  const index = at ? events.findIndex((e) => e.seq === at) : -1;
  const move = (by) => events[index + by] && setQuery({ event: String(events[index + by].seq) });
  useKeys({ j: () => move(1), k: () => (index > 0 ? move(-1) : undefined), '/': () => document.getElementById('event-text')?.focus() });
  const filtered = events.length < fold.events.length;
  return html`<div class="events" data-version=${version}><${Filters} fold=${fold} query=${query} />
    ${filtered && html`<p class="muted" role="status">${events.length.toLocaleString('en')} of ${plural(fold.events.length, 'event')}</p>`}
    ${events.length === 0 ? (fold.events.length === 0 ? html`<${Blank} kind="nothing" title="No event yet" />` : html`<${Blank} kind="match" title="No event matches"><button type="button" class="button" onClick=${() => go(href(here().parts))}>Clear the filters</button><//>`)
      : html`<div class=${index >= 0 ? 'split' : ''}><${Virtual} count=${events.length} height=${narrow.matches ? 52 : 28} label="Events" className="event-rows"
          follow=${!hasEnded(run) && !first(query, 'errors')} reveal=${index}
          row=${(i) => html`<${Row} event=${events[i]} start=${fold.first} chosen=${i === index} nth=${i} all=${events.length} error=${isError(events[i])} />`} />
        ${index >= 0 && html`<${Detail} event=${events[index]} />`}</div>`}
  </div>`;
};
