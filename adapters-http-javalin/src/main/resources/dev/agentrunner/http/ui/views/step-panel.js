import { html } from '../lib/dom.js';
import { stepUsage } from '../lib/fold.js';
import { href } from '../lib/router.js';
import { Ago, Button, Duration, Usage } from '../parts/bits.js';
import { Icon, KindIcon } from '../parts/icons.js';
import { StepOutput } from './step-output.js';

const TONES = { PENDING: 'queued', SKIPPED: 'queued' };

export const stepTone = (step, run) => {
  if (step.status === 'RUNNING' && (run?.waiting || step.signal || step.retryAt)) return 'waiting';
  return TONES[step.status] ?? step.status.toLowerCase();
};

export const StepPill = ({ step, run }) => {
  const tone = stepTone(step, run);
  const word = tone === 'waiting' ? 'waiting' : step.status.toLowerCase();
  return html`<span class=${`pill tone-${tone}`}><${Icon} name=${step.status === 'SKIPPED' ? 'skipped' : tone} />${word}</span>`;
};

const Tries = ({ step }) => html`<table class="table tries"><caption class="sr-only">Attempts</caption><thead><tr><th scope="col">Attempt</th><th scope="col">Took</th><th scope="col">Outcome</th></tr></thead>
  <tbody>${step.tries.map((t) => html`<tr key=${t.n}><td>${t.n}</td><td><${Duration} from=${t.from} to=${t.to} /></td><td>${t.failure ? html`<span class="tone-text-failed">${t.failure.message}</span>` : t.to ? step.status.toLowerCase() : 'under way'}</td></tr>`)}</tbody></table>`;

/** All about one step. */
export const StepPanel = ({ run, step, live, actions }) => {
  const fork = actions.find((a) => a.name === 'fork');
  return html`<section class="card step-panel" aria-label=${`Step ${step.id}`}>
    <header class="card-head">
      <h2 class="mono"><${KindIcon} kind=${step.kind} />${step.id}</h2><${StepPill} step=${step} run=${run} />
      <span class="muted">${step.kind}</span>${step.started && html`<${Duration} from=${step.started} to=${step.ended} />`}
      ${step.tries.length > 1 && html`<span class="muted">${step.tries.length} attempts</span>`}<${Usage} of=${stepUsage(step)} />
      <span class="grow"></span>
      <a class="button small" href=${href(['runs', run.id, 'events'], { step: step.id })}>Events</a>
      ${fork && html`<${Button} tone="small" icon="fork" action=${() => fork.from(step.id)}>Fork from here<//>`}
    </header>
    ${step.reason && html`<p class="muted">${step.reason}</p>`}
    ${step.signal && step.status === 'RUNNING' && html`<p class="muted">It waits for the signal <span class="mono">${step.signal}</span>.</p>`}
    ${step.wakeAt && step.status === 'RUNNING' && html`<p class="muted">It waits until <${Ago} at=${step.wakeAt} />.</p>`}
    ${step.child && html`<p>It waits for the run <a class="mono" href=${href(['runs', step.child])}>${step.child}</a></p>`}
    ${step.retryAt && step.status === 'RUNNING' && html`<p>Next attempt <${Ago} at=${step.retryAt} /></p>`}
    ${step.tries.length > 1 && html`<${Tries} step=${step} />`}
    ${step.failure && step.tries.length <= 1 && html`<pre class="message failed" tabindex="0" role="group" aria-label="Failure">${step.failure.message}</pre>`}
    ${step.failure?.stack_top && html`<p class="mono muted small">${step.failure.stack_top}</p>`}
    ${step.status !== 'SKIPPED' && html`<${StepOutput} key=${step.id} step=${step} live=${live} />`}
  </section>`;
};
