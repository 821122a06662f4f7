import { html, useMemo } from '../lib/dom.js';
import { useNow } from '../lib/clock.js';
import { duration, exact, time } from '../lib/format.js';
import { bars, byBranch, ticks } from '../lib/layout.js';
import { setQuery } from '../lib/router.js';
import { hasEnded } from '../lib/run.js';
import { KindIcon, Icon } from '../parts/icons.js';
import { Blank } from '../parts/states.js';
import { Virtual } from '../parts/virtual.js';
import { beatOf, beatText } from './step-output.js';
import { StepPanel, stepTone } from './step-panel.js';

const ROW = 28;

const percent = (part, whole) => `${((100 * part) / whole).toFixed(3)}%`;

const Bar = ({ bar, from, span, width }) => {
  const x = Math.max(0, bar.from - from);
  return html`<rect class=${`bar-${bar.tone}`} x=${percent(x, span)} y="7" height="14" rx="3" width=${width ?? percent(Math.max(bar.to - bar.from, span / 400), span)}>
    <title>${`${duration(bar.to - bar.from)}, from ${exact(bar.from)}`}</title></rect>`;
};

/** A word beside the bar: behind it, or before it, or in it where there is no room on either side. */
const Note = ({ text, from, to, span }) => {
  const place = to / span < 0.6 ? 'behind' : from / span > 0.4 ? 'before' : 'in';
  return html`<text class=${place === 'in' ? 'bar-note inside' : 'bar-note'} y="18" x=${percent(place === 'before' ? from : to, span)} dx=${place === 'behind' ? 6 : -6} text-anchor=${place === 'behind' ? 'start' : 'end'}>${text}</text>`;
};

const Row = ({ step, run, fold, live, now, from, span, chosen, nth, all }) => {
  const found = bars(step, fold.waits, now);
  const beat = beatOf(step, live);
  const tone = stepTone(step, run);
  const note = beat ? beatText(beat, now) : tone === 'waiting' && found.length === 1 ? undefined : step.status === 'FAILED' ? step.failure?.kind : undefined;
  return html`<div class=${chosen ? 'lane chosen' : 'lane'} role="listitem" aria-posinset=${nth + 1} aria-setsize=${all} key=${step.id}>
    <button type="button" class="lane-button" aria-pressed=${chosen} onClick=${() => setQuery({ step: step.id })}>
      <span class=${`lane-name depth-${Math.min(step.depth, 4)}`}><span class=${`tone-text-${tone}`}><${Icon} name=${step.status === 'SKIPPED' ? 'skipped' : tone} /></span><span class="sr-only">${step.status.toLowerCase()} ${step.kind} </span><${KindIcon} kind=${step.kind} /><span class="mono clip">${step.depth ? step.id.split('/').slice(-2).join('/') : step.id}</span>
        ${step.tries.length > 1 && html`<span class="muted">×${step.tries.length}</span>`}</span>
      <svg class="lane-bars" height=${ROW} width="100%" aria-hidden="true">
        ${found.map((bar) => html`<${Bar} bar=${bar} from=${from} span=${span} />`)}
        ${note && found.length > 0 && html`<${Note} text=${note} from=${found[0].from - from} to=${found.at(-1).to - from} span=${span} />`}
        ${step.status === 'SKIPPED' && html`<text class="bar-note" y="18" x="0.5%">skipped</text>`}</svg>
      <span class="lane-took">${step.started ? duration((step.ended ?? now) - step.started) : '–'}</span>
    </button></div>`;
};

const Axis = ({ span }) => html`<div class="lane axis" aria-hidden="true"><span class="lane-name muted">Step</span>
  <svg class="lane-bars" height=${ROW} width="100%"><line x1="0" x2="100%" y1="27.5" y2="27.5" class="rule" />${ticks(span).map((ms) => html`<line x1=${percent(ms, span)} x2=${percent(ms, span)} y1="22" y2="28" class="rule" /><text class="bar-note" x=${percent(ms, span)} y="17" text-anchor="middle">${duration(ms)}</text>`)}</svg>
  <span class="lane-took muted">Took</span></div>`;

/** Pauses between steps have a lane of their own: time in the queue, and time when nobody worked on the run. */
const Pauses = ({ run, fold, now, from, span }) => {
  const started = time(run.started_at);
  const pauses = [...((started ?? now) - from > 50 ? [{ from, to: started ?? now, tone: 'queued' }] : []), ...fold.waits.map((w) => ({ from: w.from, to: w.to ?? now, tone: 'waiting' }))];
  if (!pauses.length) return null;
  const sum = pauses.reduce((total, p) => total + p.to - p.from, 0);
  return html`<div class="lane pauses"><span class="lane-name muted"><${Icon} name="waiting" />waiting</span>
    <svg class="lane-bars" height=${ROW} width="100%" role="img" aria-label=${`Waited ${duration(sum)}`}>${pauses.map((p) => html`<${Bar} bar=${p} from=${from} span=${span} />`)}</svg><span class="lane-took muted">${duration(sum)}</span></div>`;
};

const Hatch = () => html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground" /><line x1="0" y1="0" x2="0" y2="6" class="hatch-line" /></pattern></defs></svg>`;

export const Timeline = ({ run, fold, live, version, step, actions }) => {
  const working = !hasEnded(run);
  const now = useNow(working);
  const steps = useMemo(() => byBranch([...fold.steps.values()]), [fold.steps.size, fold]);
  const from = fold.first ?? time(run.created_at);
  const end = working ? Math.max(now, fold.last ?? 0) : time(run.finished_at) ?? fold.last ?? now;
  const span = Math.max(50, end - from);
  if (!steps.length) {
    return html`<${Blank} kind="nothing" title=${working ? 'No step yet' : 'It had no steps'}><p>${run.status === 'QUEUED' ? 'The run waits in its queue until a node has room for it.' : working ? 'Steps appear here as they begin.' : 'The run ended before any step began.'}</p><//>`;
  }
  const chosen = steps.indexOf(step);
  return html`<${Hatch} />
    <div class="timeline" data-version=${version}><div class="timeline-inner"><${Axis} span=${span} /><${Pauses} run=${run} fold=${fold} now=${end} from=${from} span=${span} />
      <${Virtual} count=${steps.length} height=${ROW} label="Steps" className="lanes" fit follow=${working} reveal=${chosen}
        row=${(i) => html`<${Row} step=${steps[i]} run=${run} fold=${fold} live=${live} now=${end} from=${from} span=${span} chosen=${steps[i] === step} nth=${i} all=${steps.length} />`} /></div></div>
    ${step && html`<${StepPanel} run=${run} step=${step} live=${live} actions=${actions} />`}`;
};
