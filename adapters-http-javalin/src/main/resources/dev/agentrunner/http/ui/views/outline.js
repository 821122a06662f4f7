import { html } from '../lib/dom.js';
import { KindIcon } from '../parts/icons.js';

const Box = ({ step }) => html`<div class="outline-box"><span class="outline-name"><${KindIcon} kind=${step.kind} /><span class="mono">${step.name}</span><span class="muted">${step.kind}</span></span>
  ${step.description && html`<span class="outline-more muted">${step.description}</span>`}</div>`;

const Step = ({ step }) => {
  const inner = step.steps ?? [];
  if (!inner.length) return html`<li><${Box} step=${step} /></li>`;
  if (step.kind === 'parallel') {
    return html`<li><div class="outline-group"><${Box} step=${step} /><div class="outline-lanes">${inner.map((branch) => html`<section class="outline-lane" aria-label=${`Branch ${branch.name}`}><p class="muted mono">${branch.name}</p><${Steps} steps=${branch.steps} /></section>`)}</div></div></li>`;
  }
  return html`<li><div class="outline-group"><${Box} step=${step} /><${Steps} steps=${inner} /></div></li>`;
};

const Steps = ({ steps }) => html`<ol class="outline">${steps.map((step) => html`<${Step} step=${step} />`)}</ol>`;

/** The steps of a workflow as a picture: down is later, beside is at the same time. */
export const Outline = ({ steps }) => (steps?.length ? html`<${Steps} steps=${steps} />` : html`<p class="muted">Written in code; its steps are known as they run.</p>`);
