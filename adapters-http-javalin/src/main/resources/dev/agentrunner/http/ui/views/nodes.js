import { html } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { time } from '../lib/format.js';
import { useLoad } from '../lib/use.js';
import { useEvery } from '../lib/every.js';
import { Ago, IdChip } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { Blank, Loaded } from '../parts/states.js';

const SILENT_AFTER = 10_000;

const Beat = ({ at }) => {
  const silent = Date.now() - at > SILENT_AFTER;
  return html`<span class=${`pill tone-${silent ? 'failed' : 'completed'}`}><${Icon} name=${silent ? 'failed' : 'completed'} />${silent ? 'silent' : 'alive'}</span>`;
};

export const Nodes = () => {
  const nodes = useLoad((signal) => get('nodes', {}, signal), []);
  useEvery(2000, nodes.again);
  return html`<section class="view"><h1>Nodes</h1>
    <${Loaded} of=${nodes} what="the nodes">${({ items }) => (items.length === 0
      ? html`<${Blank} kind="nothing" title="No node executes runs"><p>Runs wait in their queues until one does. Start one with <code>agent-runner serve</code>.</p><//>`
      : html`<table class="table cards"><thead><tr><th scope="col">State</th><th scope="col">Node</th><th scope="col">Runs held</th><th scope="col">Last heard of</th><th scope="col">Started</th></tr></thead>
        <tbody>${items.map((node) => html`<tr key=${node.id}>
          <td><${Beat} at=${time(node.last_heartbeat)} /></td>
          <td data-label="Node"><${IdChip} id=${node.id} /></td>
          <td data-label="Runs held"><${Load} node=${node} /></td>
          <td data-label="Last heard of"><${Ago} at=${time(node.last_heartbeat)} /></td>
          <td data-label="Started"><${Ago} at=${time(node.started_at)} /></td></tr>`)}</tbody></table>`)}<//></section>`;
};

const Load = ({ node }) => html`<span class="load">${node.capacity
  ? html`<meter min="0" max=${node.capacity} value=${node.runs_held} aria-label="Runs held">${node.runs_held}</meter> ${node.runs_held} of ${node.capacity}` : node.runs_held}</span>`;
