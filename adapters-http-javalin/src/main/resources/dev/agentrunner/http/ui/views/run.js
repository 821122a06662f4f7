import { html, useEffect, useState } from '../lib/dom.js';
import { stepOfInterest } from '../lib/fold.js';
import { plural, time } from '../lib/format.js';
import { useKeys } from '../lib/keys.js';
import { first, go, href } from '../lib/router.js';
import { hasEnded, useRun } from '../lib/run.js';
import { Ago, Duration, IdChip, Label, Pill, Usage } from '../parts/bits.js';
import { pageActions } from '../parts/palette.js';
import { Failed, Loading } from '../parts/states.js';
import { toast } from '../parts/toast.js';
import { Actions, useRunActions } from './run-actions.js';
import { Approval } from './run-approval.js';
import { Artifacts } from './run-artifacts.js';
import { Events } from './run-events.js';
import { Failure, Waits } from './run-failure.js';
import { Family } from './run-family.js';
import { InputAndResult } from './run-values.js';
import { Output } from './run-output.js';
import { Timeline } from './run-timeline.js';

const TABS = ['timeline', 'events', 'output', 'artifacts', 'values', 'family'];

const Tabs = ({ id, tab, fold, step }) => {
  const names = { timeline: 'Timeline', events: `Events ${fold.events.length.toLocaleString('en')}`, output: 'Output', artifacts: `Artifacts ${fold.artifacts.length}`, values: 'Input & result', family: 'Family' };
  return html`<nav class="tabs" aria-label="About this run">${TABS.map((t) => html`<a key=${t} href=${href(['runs', id, t], { step })} aria-current=${t === tab ? 'page' : undefined}>${names[t]}</a>`)}</nav>`;
};

const Facts = ({ run, fold }) => html`<p class="facts">
  <a class="mono" href=${href(['workflows', run.workflow])}>${run.workflow}</a><span class="muted">version ${run.version}</span>
  <${IdChip} id=${run.id} />
  <span>created <${Ago} at=${time(run.created_at)} /></span>
  ${run.queue !== 'default' && html`<${Label} name="queue" value=${run.queue} />`}
  ${run.node && html`<${Label} name="node" value=${run.node} />`}
  ${run.recoveries > 0 && html`<span>recovered ${plural(run.recoveries, 'time')}</span>`}
  ${run.parent_run_id && html`<a href=${href(['runs', run.parent_run_id])}>parent</a>`}
  ${run.forked_from && html`<a href=${href(['runs', run.forked_from])}>forked from</a>`}
  ${Object.entries(run.labels ?? {}).map(([key, value]) => html`<${Label} key=${key} name=${key} value=${value} />`)}
  ${fold.events.length < run.last_seq && html`<span class="muted" role="status">reading events, ${fold.events.length.toLocaleString('en')} of ${run.last_seq.toLocaleString('en')}</span>`}
</p>`;

/** Tells once when a run ends that was seen running. */
function useEnding(run) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!run) return;
    if (!hasEnded(run)) setSeen(true);
    else if (seen) {
      setSeen(false);
      toast(`${run.name || run.workflow} ${run.status === 'CANCELED' ? 'was canceled' : run.status.toLowerCase()}`, { tone: run.status.toLowerCase() });
    }
  }, [run?.status]);
}

const BODIES = { timeline: Timeline, events: Events, output: Output, artifacts: Artifacts, values: InputAndResult, family: Family };

export const RunPage = ({ id, tab, query }) => {
  const { run, error, fold, live, again } = useRun(id);
  const { actions, dialog } = useRunActions(run, fold, again);
  useEnding(run);
  useEffect(() => {
    pageActions.set(actions.map(({ text, icon, act }) => ({ text: `${text} (this run)`, icon, act })));
    return () => pageActions.set([]);
  }, [actions.map((a) => a.text).join()]);
  useEffect(() => {
    if (run) document.title = `${run.name || run.workflow} · ${run.status.toLowerCase()} · agent-runner`;
  }, [run?.status, run?.name]);
  useKeys({
    c: () => actions.find((a) => a.name === 'cancel')?.act(),
    ...Object.fromEntries(TABS.map((t, i) => [String(i + 1), () => go(href(['runs', id, t], { step: query.step }))])),
  });
  if (error && !run) return html`<section class="view"><h1 class="sr-only">Run ${id}</h1><${Failed} error=${error} what="the run" /></section>`;
  if (!run) return html`<${Loading} what="Loading the run" />`;

  const step = fold.steps.get(first(query, 'step')) ?? stepOfInterest(fold);
  const Body = BODIES[tab] ?? Timeline;
  return html`<section class="view run">
    <p class="crumbs"><a href=${href(['runs'])}>Runs</a></p>
    <header class="run-head">
      <h1>${run.name || run.workflow}</h1>
      <${Pill} of=${run} />
      ${run.started_at && html`<${Duration} from=${time(run.started_at)} to=${time(run.finished_at)} />`}
      <${Usage} of=${run.usage} />
      <span class="grow"></span><${Actions} actions=${actions} />
    </header>
    <${Facts} run=${run} fold=${fold} />
    ${(run.approvals ?? []).map((approval) => html`<${Approval} key=${approval.step_id} run=${run} approval=${approval} fold=${fold} again=${again} />`)}
    ${run.status === 'FAILED' && html`<${Failure} run=${run} fold=${fold} actions=${actions} />`}
    ${run.waiting && run.waiting !== 'APPROVAL' && html`<${Waits} run=${run} fold=${fold} actions=${actions} />`}
    <${Tabs} id=${id} tab=${tab} fold=${fold} step=${first(query, 'step')} />
    <${Body} run=${run} fold=${fold} live=${live} version=${fold.version + live.version} step=${step} query=${query} actions=${actions} />
    ${dialog}
  </section>`;
};
