import { html, useEffect, useMemo, useRef, useState } from '../lib/dom.js';
import { all, get } from '../lib/api.js';
import { filtersOf, isFiltered, NONE } from '../lib/filters.js';
import { useKeys } from '../lib/keys.js';
import { first, go, href, setQuery } from '../lib/router.js';
import { mayWrite } from '../lib/session.js';
import { summary } from '../lib/stats.js';
import { follow } from '../lib/stream.js';
import { useLoad, useThrottled } from '../lib/use.js';
import { say } from '../parts/toast.js';
import { Blank, Failed, Loading } from '../parts/states.js';
import { Icon } from '../parts/icons.js';
import { plural } from '../lib/format.js';
import { Bulk } from './runs-bulk.js';
import { Filters } from './runs-filters.js';
import { RunRow } from './runs-row.js';
import { CancelDialog } from './cancel.js';
import { useProgress } from './progress.js';

const PAGE = 50;
const MOST = 1000;
const TYPES = ['RUN_QUEUED', 'RUN_STARTED', 'RUN_RECOVERED', 'RUN_SUSPENDED', 'RUN_WOKEN', 'RUN_CANCEL_REQUESTED', 'RUN_COMPLETED', 'RUN_FAILED', 'RUN_CANCELED', 'STEP_STARTED'];
const ENDS = { RUN_COMPLETED: 'completed', RUN_FAILED: 'failed', RUN_CANCELED: 'was canceled' };

const Counts = ({ stats, query }) => {
  const n = summary(stats);
  const link = (text, count, tone, status) => {
    const chosen = status && query.status?.length === 1 && query.status[0] === status;
    return html`<a class=${`count tone-${tone}`} aria-current=${chosen ? 'true' : undefined} href=${href(['runs'], status && !chosen ? { status } : {})}>
      <${Icon} name=${tone} /><span>${text}</span> <strong>${count.toLocaleString('en')}</strong></a>`;
  };
  return html`<nav class="counts" aria-label="Runs by status">
    ${link('Running', n.running, 'running', 'RUNNING')}
    ${link(n.approvals ? `Waiting (${plural(n.approvals, 'approval')})` : 'Waiting', n.waiting, 'waiting', 'RUNNING')}
    ${link('Queued', n.queued, 'queued', 'QUEUED')}
    ${link('Failed', n.runs.FAILED ?? 0, 'failed', 'FAILED')}
    ${link('Completed', n.runs.COMPLETED ?? 0, 'completed', 'COMPLETED')}
    ${link('Canceled', n.runs.CANCELED ?? 0, 'canceled', 'CANCELED')}
    ${n.failedRecently > 0 && html`<span class="count-note muted">${plural(n.failedRecently, 'failure')} in the last 24 h</span>`}
  </nav>`;
};

const FirstRun = () => html`<${Blank} kind="nothing" title="No run yet">
  <p>Start one here, or from a terminal:</p>
  <pre class="text-block">agent-runner run quarkus-bootstrap-v1</pre>
  ${mayWrite() && html`<a class="button primary" href=${href(['start'])}><${Icon} name="play" /><span>Start a run</span></a>`}<//>`;

const NoMatch = () => html`<${Blank} kind="match" title="No run matches">
  <p>There are runs, but none that fits all of the filters.</p>
  <button type="button" class="button" onClick=${() => setQuery(NONE)}>Clear the filters</button><//>`;

/** Keeps a list loaded while runs come and go: the server says what is in it, the stream only when to ask again. */
function useRuns(query) {
  const most = Math.min(MOST, Math.max(PAGE, Number(first(query, 'show')) || PAGE));
  const runs = useLoad(() => all('runs', filtersOf(query), most), [JSON.stringify({ ...query, show: [], bulk: [] })]);
  const stats = useLoad((signal) => get('stats', {}, signal), []);
  const again = useThrottled(() => {
    runs.again();
    stats.again();
  }, 800);
  const names = useRef(new Map());
  for (const run of runs.value?.items ?? []) names.current.set(run.id, run.name || run.workflow);
  const touched = useRef(new Set());
  useEffect(() => {
    runs.again();
  }, [most]);
  useEffect(() => follow({
    path: 'events/stream',
    query: { types: TYPES.join(',') },
    onOpen: again,
    onEvents(events) {
      for (const event of events) touched.current.add(event.run_id);
      const ended = events.filter((e) => ENDS[e.type]);
      if (ended.length === 1) say(`Run ${names.current.get(ended[0].run_id) ?? ''} ${ENDS[ended[0].type]}`);
      else if (ended.length) say(`${ended.length} runs finished`);
      again();
    },
    check: async () => {
      await Promise.all([get('stats'), runs.again()]);
      return true;
    },
  }), []);
  return { runs, stats, most, touched };
}

export const Runs = ({ query }) => {
  const { runs, stats, most, touched } = useRuns(query);
  const [chosen, setChosen] = useState(() => new Set());
  const [cancel, setCancel] = useState();
  const items = runs.value?.items ?? [];
  const progress = useProgress(items, touched);
  const body = useRef();

  const focused = () => items[[...(body.current?.children ?? [])].findIndex((row) => row.contains(document.activeElement))];
  const move = (by) => {
    const rows = [...(body.current?.children ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))]?.querySelector('a')?.focus();
  };
  const toggle = (id) => setChosen((old) => {
    const next = new Set(old);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  useKeys({
    j: () => move(1), k: () => move(-1),
    x: () => mayWrite() && focused() && toggle(focused().id),
    c: () => mayWrite() && focused()?.allowed_actions?.includes('cancel') && setCancel(focused()),
    '/': () => document.getElementById('filter-text')?.focus(),
  });

  const some = useMemo(() => items.filter((run) => chosen.has(run.id)), [items, chosen]);
  return html`<section class="view">
    <h1 class="sr-only">Runs</h1>
    <div class="top"><div class="grow">${stats.value && html`<${Counts} stats=${stats.value} query=${query} />`}</div>
      ${mayWrite() && html`<a class="button primary" href=${href(['start'], { workflow: first(query, 'workflow') })}><${Icon} name="play" /><span>Start a run</span></a>`}</div>
    <${Filters} query=${query}><${Bulk} chosen=${some} query=${query} done=${() => setChosen(new Set())} /><//>
    ${runs.error && items.length > 0 && html`<p class="note" role="status">Could not load the list again: ${runs.error.title}. It may be out of date.</p>`}
    ${runs.loading && html`<${Loading} what="Loading runs" />`}
    ${runs.error && !runs.value && html`<${Failed} error=${runs.error} what="the runs" again=${runs.again} />`}
    ${runs.value && items.length === 0 && (isFiltered(query) ? html`<${NoMatch} />` : html`<${FirstRun} />`)}
    ${items.length > 0 && html`<table class="table runs cards"><caption class="sr-only">Runs, newest first</caption>
      <thead><tr>${mayWrite() && html`<th scope="col" class="narrow-col"><span class="sr-only">Selected</span></th>`}
        <th scope="col">Status</th><th scope="col">Run</th><th scope="col">Workflow</th><th scope="col" class="cell-id">Id</th><th scope="col">What happens</th><th scope="col" class="num cell-usage">Usage</th><th scope="col" class="num">Took</th><th scope="col" class="num">Created</th></tr></thead>
      <tbody ref=${body}>${items.map((run) => html`<${RunRow} key=${run.id} run=${run} progress=${progress.get(run.id)} chosen=${chosen.has(run.id)} toggle=${mayWrite() && toggle} />`)}</tbody></table>
      ${runs.value.more && most < MOST && html`<p class="center"><button type="button" class="button" onClick=${() => setQuery({ show: String(most + PAGE * 2) })}>Show older runs</button></p>`}
      ${runs.value.more && most >= MOST && html`<p class="center muted">These are the newest ${plural(MOST, 'run')}; filter to see others.</p>`}`}
    ${cancel && html`<${CancelDialog} run=${cancel} close=${() => setCancel(undefined)} />`}
  </section>`;
};
