import { html, render, useEffect, useState } from './lib/dom.js';
import { signInNeeded } from './lib/api.js';
import { useCell } from './lib/cell.js';
import { useRoute } from './lib/router.js';
import { loadSession, session } from './lib/session.js';
import { Frame } from './parts/frame.js';
import { Blank, Failed, Loading } from './parts/states.js';
import { Nodes } from './views/nodes.js';
import { Providers } from './views/providers.js';
import { RunPage } from './views/run.js';
import { Runs } from './views/runs.js';
import { SignIn } from './views/signin.js';
import { Start } from './views/start.js';
import { WorkflowPage } from './views/workflow.js';
import { Workflows } from './views/workflows.js';

const Nowhere = () => html`<section class="view"><h1 class="sr-only">Nowhere</h1><${Blank} kind="match" title="There is no such page"><p>The link may be old. <a href="#/runs">See all runs</a></p><//></section>`;

const View = () => {
  const { parts, query } = useRoute();
  const [what = 'runs', which, tab] = parts;
  useEffect(() => {
    document.title = `${[which, what].filter(Boolean).join(' · ')} · agent-runner`;
  }, [what, which]);
  if (what === 'runs' && which) return html`<${RunPage} key=${which} id=${which} tab=${tab ?? 'timeline'} query=${query} />`;
  if (what === 'runs') return html`<${Runs} query=${query} />`;
  if (what === 'start') return html`<${Start} key=${which} workflow=${which} />`;
  if (what === 'workflows') return which ? html`<${WorkflowPage} key=${which} name=${which} query=${query} />` : html`<${Workflows} />`;
  if (what === 'nodes') return html`<${Nodes} />`;
  if (what === 'providers') return html`<${Providers} />`;
  return html`<${Nowhere} />`;
};

const App = () => {
  const [error, setError] = useState();
  const needed = useCell(signInNeeded);
  const who = useCell(session);
  const load = () => loadSession().then(() => setError(undefined), setError);
  useEffect(() => {
    load();
  }, []);
  if (needed) return html`<${SignIn} />`;
  if (error) return html`<main id="main"><${Failed} error=${error} what="the console" again=${load} /></main>`;
  if (!who) return html`<main id="main"><${Loading} /></main>`;
  return html`<${Frame}><${View} /><//>`;
};

render(html`<${App} />`, document.getElementById('app'));
