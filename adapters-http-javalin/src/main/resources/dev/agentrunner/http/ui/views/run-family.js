import { html, useEffect, useState } from '../lib/dom.js';
import { all, get, path } from '../lib/api.js';
import { time } from '../lib/format.js';
import { href } from '../lib/router.js';
import { useLoad } from '../lib/use.js';
import { Ago, IdChip, Pill } from '../parts/bits.js';
import { Icon } from '../parts/icons.js';
import { Loaded, Loading, Trouble } from '../parts/states.js';

const HIGHEST = 20;
const MOST = 200;

/** From the run up: what started it, or what it was forked from; the oldest first. */
async function ancestors(run) {
  const found = [run];
  for (let at = run; found.length < HIGHEST; ) {
    const above = at.parent_run_id ?? at.forked_from;
    if (!above) break;
    // It may have been purged; the tree begins below it then.
    at = await get(path('runs', above)).catch(() => undefined);
    if (!at) break;
    found.unshift(at);
  }
  return found;
}

async function descendants(run) {
  const [children, forks] = await Promise.all([all('runs', { parent: run.id }, MOST), all('runs', { forked_from: run.id }, MOST)]);
  return [...children.items.map((r) => ({ run: r, how: 'child' })), ...forks.items.map((r) => ({ run: r, how: 'fork' }))]
    .sort((a, b) => (a.run.id < b.run.id ? -1 : 1));
}

const Member = ({ run, how, me, open }) => {
  const [shown, setShown] = useState(open);
  const [below, setBelow] = useState();
  const [error, setError] = useState();
  useEffect(() => {
    if (shown && !below) descendants(run).then(setBelow, setError);
  }, [shown]);
  const name = run.name || run.workflow;
  return html`<li class="member"><div class=${run.id === me ? 'member-row chosen' : 'member-row'}>
      <button type="button" class="bare" aria-expanded=${shown} aria-label=${`Runs that came of ${name}`} disabled=${below?.length === 0} onClick=${() => setShown(!shown)}><${Icon} name=${shown ? 'down' : 'more'} /></button>
      <${Pill} of=${run} />${run.id === me ? html`<strong>${name}</strong>` : html`<a href=${href(['runs', run.id, 'family'])}>${name}</a>`}
      ${how && html`<span class="muted"><${Icon} name=${how === 'fork' ? 'fork' : 'more'} />${how}</span>`}<span class="muted mono">${run.workflow}</span><${IdChip} id=${run.id} /><${Ago} at=${time(run.created_at)} /></div>
    <${Trouble} error=${error} />
    ${shown && !below && !error && html`<${Loading} />`}
    ${shown && below?.length > 0 && html`<ul>${below.map((each) => html`<${Member} key=${each.run.id} run=${each.run} how=${each.how} me=${me} open=${each.run.id === me} />`)}</ul>`}
    ${shown && below?.length === 0 && run.id === me && html`<p class="muted member-none">It started no other run and was not forked.</p>`}</li>`;
};

/** Where a run comes from and what came of it. */
export const Family = ({ run }) => {
  const line = useLoad(() => ancestors(run), [run.id]);
  return html`<${Loaded} of=${line} what="the family">${(found) => {
    // The line down to this run is open; what is beside it opens on demand.
    return html`<ul class="family" aria-label="Family of runs"><${Member} run=${found[0]} me=${run.id} open=${true} /></ul>`;
  }}<//>`;
};
