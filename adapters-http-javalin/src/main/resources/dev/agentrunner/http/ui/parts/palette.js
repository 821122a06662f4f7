import { html, useEffect, useMemo, useRef, useState } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { cell, useCell } from '../lib/cell.js';
import { shortId } from '../lib/format.js';
import { go, href } from '../lib/router.js';
import { mayWrite } from '../lib/session.js';
import { switchTheme } from '../lib/theme.js';
import { standing } from './bits.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';

/** What can be done on the page that is shown: `[{text, icon, act}]`. */
export const pageActions = cell([]);

const GO = [['Runs', 'runs'], ['Workflows', 'workflows'], ['Nodes', 'nodes'], ['Providers', 'providers']]
  .map(([text, to]) => ({ text: `Go to ${text.toLowerCase()}`, icon: 'more', act: () => go(href([to])) }));

function fixed(workflows, actions, help) {
  return [
    ...actions,
    ...(mayWrite() ? [{ text: 'Start a run', icon: 'play', act: () => go(href(['start'])) }] : []),
    ...GO,
    ...workflows.flatMap(({ name }) => [
      { text: `Workflow ${name}`, icon: 'step', act: () => go(href(['workflows', name])) },
      ...(mayWrite() ? [{ text: `Start ${name}`, icon: 'play', act: () => go(href(['start', name])) }] : []),
    ]),
    { text: 'Switch between light and dark', icon: 'theme', act: switchTheme },
    { text: 'Keyboard help', icon: 'help', act: help },
  ];
}

const matches = (text, words) => words.every((word) => text.toLowerCase().includes(word));

const runOption = (run) => ({
  text: run.name || run.workflow, more: `${run.workflow} · ${standing(run).word} · ${shortId(run.id)}`, icon: standing(run).tone, act: () => go(href(['runs', run.id])),
});

export const Palette = ({ close, help }) => {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [workflows, setWorkflows] = useState([]);
  const [runs, setRuns] = useState([]);
  const list = useRef();
  const actions = useCell(pageActions);

  useEffect(() => {
    get('workflows').then((page) => setWorkflows(page.items), () => {});
  }, []);

  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      get('runs', { q: query.trim(), limit: 8 }, control.signal).then((page) => setRuns(page.items), () => {});
    }, query ? 150 : 0);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [query]);

  const options = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = fixed(workflows, actions, help).filter((o) => matches(o.text, words));
    const some = runs.map(runOption);
    return query ? [...found.slice(0, 12), ...some] : [...found.slice(0, actions.length + 5), ...some];
  }, [query, workflows, runs, actions]);

  const now = Math.min(at, options.length - 1);
  const choose = (option) => {
    close();
    // After the dialog has given the focus back.
    setTimeout(option.act);
  };
  const press = (e) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (move) {
      e.preventDefault();
      const next = (now + move + options.length) % Math.max(1, options.length);
      setAt(next);
      list.current.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (e.key === 'Enter' && options[now]) {
      e.preventDefault();
      choose(options[now]);
    }
  };

  return html`<${Dialog} title="Find or do" close=${close}>
    <div class="palette">
      <input data-focus type="text" role="combobox" aria-label="Find runs, workflows and actions" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
        aria-activedescendant=${options[now] && `palette-${now}`} placeholder="Runs, workflows, actions…" value=${query}
        onInput=${(e) => { setQuery(e.target.value); setAt(0); }} onKeyDown=${press} />
      <ul ref=${list} id="palette-list" role="listbox" aria-label="Found">
        ${options.map((option, i) => html`<li key=${i} id=${`palette-${i}`} role="option" aria-selected=${i === now} onClick=${() => choose(option)} onMouseMove=${() => i !== now && setAt(i)}>
          <${Icon} name=${option.icon} /><span>${option.text}</span>${option.more && html`<span class="muted mono">${option.more}</span>`}</li>`)}
      </ul>
      ${options.length === 0 && html`<p class="muted">Nothing is named like that.</p>`}
    </div>
  <//>`;
};
