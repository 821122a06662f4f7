import { html } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { href } from '../lib/router.js';
import { mayWrite } from '../lib/session.js';
import { useLoad } from '../lib/use.js';
import { Icon } from '../parts/icons.js';
import { Blank, Loaded } from '../parts/states.js';

export const Workflows = () => {
  const list = useLoad((signal) => get('workflows', {}, signal), []);
  return html`<section class="view"><h1>Workflows</h1>
    <${Loaded} of=${list} what="the workflows">${({ items }) => (items.length === 0
      ? html`<${Blank} kind="nothing" title="No workflow is installed"><p>Put a workflow file into the folder that <code>AGENT_RUNNER_WORKFLOWS</code> names, and start the server again.</p><//>`
      : html`<table class="table cards"><thead><tr><th scope="col">Name</th><th scope="col">What it does</th><th scope="col">Version</th><th scope="col">Written in</th><th scope="col"><span class="sr-only">Actions</span></th></tr></thead>
        <tbody>${items.map((w) => html`<tr key=${`${w.name} ${w.version}`}><td><a class="mono" href=${href(['workflows', w.name])}>${w.name}</a></td><td>${w.description}</td><td data-label="Version">${w.version}</td><td data-label="Written in">${w.source === 'code' ? 'code' : w.source?.toUpperCase()}</td>
          <td class="num">${mayWrite() && html`<a class="button small" aria-label=${`Start ${w.name}`} href=${href(['start', w.name])}><${Icon} name="play" /><span>Start</span></a>`}</td></tr>`)}</tbody></table>`)}<//></section>`;
};
