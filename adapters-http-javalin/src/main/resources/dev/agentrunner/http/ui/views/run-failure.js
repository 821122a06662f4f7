import { html } from '../lib/dom.js';
import { time } from '../lib/format.js';
import { href } from '../lib/router.js';
import { Ago, Button, waitOf } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { lastLines } from './step-text.js';

/** Why a run failed: the step, the error, the last of what it put out, and what helps. */
export const Failure = ({ run, fold, actions }) => {
  const step = fold.failed;
  const failure = run.failure ?? step?.failure;
  const fork = actions.find((a) => a.name === 'fork');
  const end = step && lastLines(step, 12);
  const logs = step ? fold.artifacts.filter((a) => a.step_id === step.id) : [];
  return html`<section class="panel tone-panel-failed" aria-label="Failure">
    <h2><${Icon} name="failed" />${step ? html`<a class="mono" href=${href(['runs', run.id, 'timeline'], { step: step.id })}>${step.id}</a> failed` : 'The run failed'} <span class="chip mono">${failure?.kind}</span></h2>
    <pre class="message" tabindex="0" role="group" aria-label="Message">${failure?.message}</pre>
    ${end && html`<pre class="text-block" tabindex="0" role="group" aria-label="Last lines">${end}</pre>`}
    <div class="actions">
      ${fork && step && html`<${Button} icon="fork" tone="primary" action=${() => fork.from(step.id)}>Fork from here<//>`}
      ${step && html`<a class="button" href=${href(['runs', run.id, 'events'], { step: step.id })}>Show its events</a>`}
      ${logs.map((a) => html`<a class="button" key=${a.id} href=${href(['runs', run.id, 'artifacts'], { artifact: a.id })}><${Icon} name="file" /><span>${a.name}</span></a>`)}
    </div>
  </section>`;
};

const WHY = {
  PAUSED: 'The run is paused. It goes on when somebody resumes it.', TIMER: 'The run sleeps.', SIGNAL: 'The run waits for a signal from outside.',
  CHILD: 'The run waits for another run that it started.', RETRY: 'A step failed and is tried again.',
};

/** What a run waits for, unless it is an approval. */
export const Waits = ({ run, fold, actions }) => {
  const waiting = waitOf(run);
  const steps = [...fold.steps.values()].filter((s) => s.status === 'RUNNING');
  const children = steps.filter((s) => s.child);
  const signals = steps.map((s) => s.signal).filter(Boolean);
  const help = actions.find((a) => a.name === { PAUSED: 'resume', SIGNAL: 'signal' }[waiting]);
  return html`<section class="panel slim tone-panel-waiting" aria-label="Waiting">
    <p><${Icon} name=${waiting === 'PAUSED' ? 'pause' : 'waiting'} />${WHY[waiting] ?? 'The run waits.'}
      ${run.wake_at && html` It wakes <${Ago} at=${time(run.wake_at)} />.`}
      ${signals.length > 0 && html` <span class="mono">${signals.join(', ')}</span>`}
      ${children.map((s) => html` <a class="mono" href=${href(['runs', s.child])}>${s.id}</a>`)}</p>
    ${help && html`<${Button} icon=${help.icon} action=${help.act} busy=${help.busy} pending=${help.pending}>${help.text}<//>`}
  </section>`;
};
