import { html } from '../lib/dom.js';
import { setQuery, first } from '../lib/router.js';
import { Blank } from '../parts/states.js';
import { StepOutput } from './step-output.js';
import { speaks } from './step-text.js';
import { StepPill } from './step-panel.js';

/** What models and commands say, in full height. */
export const Output = ({ fold, live, step, query }) => {
  const speaking = [...fold.steps.values()].filter((s) => speaks(s, live) && s.status !== 'SKIPPED');
  if (!speaking.length) return html`<${Blank} kind="nothing" title="No output yet"><p>Steps that ask a model or run a command show here what they say.</p><//>`;
  const shown = speaking.includes(step) ? step : speaking.filter((s) => s.status === 'RUNNING').at(-1) ?? speaking.at(-1);
  const tries = shown.tries.map((t) => t.n);
  const attempt = Number(first(query, 'attempt')) || tries.at(-1);
  return html`<div class="output">
    <div class="row"><label for="output-step">Step</label>
      <select id="output-step" class="mono" onChange=${(e) => setQuery({ step: e.target.value, attempt: undefined })}>${speaking.map((s) => html`<option value=${s.id} selected=${s === shown}>${s.id}</option>`)}</select>
      <${StepPill} step=${shown} />
      ${tries.length > 1 && html`<label for="output-attempt">Attempt</label><select id="output-attempt" onChange=${(e) => setQuery({ attempt: e.target.value })}>${tries.map((n) => html`<option value=${n} selected=${n === attempt}>${n}</option>`)}</select>`}
    </div>
    <${StepOutput} key=${`${shown.id} ${attempt}`} step=${shown} live=${live} attempt=${attempt} tall />
  </div>`;
};
