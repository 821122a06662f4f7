import { html } from '../lib/dom.js';
import { useNow } from '../lib/clock.js';
import { count, duration } from '../lib/format.js';
import { liveOf } from '../lib/live.js';
import { Follow } from '../parts/follow.js';
import { Icon } from '../parts/icons.js';
import { Json } from '../parts/json.js';
import { speaks, textsOf } from './step-text.js';

const PHASES = { loading: 'loading the model', prompt: 'reading the prompt', thinking: 'thinking', generating: 'generating' };

/** What a model that answers is doing, by its last heartbeat, live or recorded. */
export function beatOf(step, live) {
  if (step.status !== 'RUNNING') return undefined;
  const call = step.calls.at(-1);
  const now = live && liveOf(live, step.id, step.tries.at(-1)?.n);
  if (now?.beat) return { phase: now.beat.phase, chunks: now.beat.chunks, idle: now.beat.idle_ms, at: now.beat.at, last: now.last };
  if (call?.phase && call.to === undefined) return { phase: call.phase, chunks: call.chunks, idle: call.idle, at: call.beatAt };
  return undefined;
}

export function beatText(beat, now) {
  const silent = Math.max(0, now - Math.max(beat.last ?? 0, beat.at - (beat.idle ?? 0)));
  return [PHASES[beat.phase] ?? beat.phase, beat.chunks > 0 && `${count(beat.chunks)} tok`, beat.chunks > 0 && `last token ${silent < 2000 ? 'now' : `${duration(silent)} ago`}`].filter(Boolean).join(' · ');
}

const Beat = ({ beat }) => {
  const now = useNow();
  return html`<span class="beat tone-text-running"><${Icon} name="spark" />${beatText(beat, now)}</span>`;
};

/** What a step puts out, as it comes; afterwards what it gave. */
export const StepOutput = ({ step, live, attempt, tall }) => {
  const texts = textsOf(step, live, attempt);
  const running = step.status === 'RUNNING';
  const beat = beatOf(step, live);
  const call = step.calls.filter((c) => attempt === undefined || c.attempt === attempt).at(-1);
  return html`<div class=${tall ? 'step-output tall' : 'step-output'}>
    ${(beat || call) && html`<p class="facts">${call && html`<span class="mono">${call.model}</span>`}${beat && html`<${Beat} beat=${beat} />`}
      ${call?.finish_reason && html`<span class="muted">finished: ${call.finish_reason}</span>`}${call?.failure && html`<span class="tone-text-failed">${call.failure.message}</span>`}</p>`}
    ${texts.map(([name, text]) => (name === 'thinking'
      ? html`<details class="thinking" open=${running && texts.length === 1}><summary>Thinking <span class="muted">${count(text.length)} characters</span></summary><${Follow} text=${text} label="Thinking" growing=${running} /></details>`
      : html`<section key=${name}>${name !== 'text' && html`<h3 class="mono">${name}</h3>`}<${Follow} text=${text} label=${name} growing=${running} /></section>`))}
    ${running && texts.length === 0 && speaks(step, live) && html`<p class="muted">Nothing put out since this page was opened. What comes is shown as it comes.</p>`}
    ${running && texts.length > 0 && html`<p class="muted small">Shown since this page was opened; the whole is recorded when the step ends.</p>`}
    ${step.resultRef && html`<p class="note">The result is large and kept as an artifact of ${count(step.resultRef.size)} bytes.</p>`}
    ${step.result !== undefined && step.result !== null && html`<details class="result" open=${texts.length === 0}><summary>Result</summary><${Json} value=${step.result} /></details>`}
  </div>`;
};
