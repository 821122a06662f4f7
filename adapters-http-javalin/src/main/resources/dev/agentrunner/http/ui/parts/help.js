import { html } from '../lib/dom.js';
import { useCell } from '../lib/cell.js';
import { singleKeys } from '../lib/keys.js';
import { Dialog } from './dialog.js';

const KEYS = [
  ['Go', [['g r', 'Runs'], ['g w', 'Workflows'], ['g n', 'Nodes'], ['g p', 'Providers'], ['Ctrl K  or  ⌘ K', 'Find runs, workflows and actions']]],
  ['Lists', [['j / k', 'Next, previous'], ['Enter', 'Open'], ['x', 'Select a run'], ['/', 'Filter']]],
  ['Run', [['c', 'Cancel, after asking'], ['1 – 6', 'Timeline, events, output, artifacts, input and result, family']]],
  ['Anywhere', [['s', 'Start a run'], ['t', 'Light, dark or as the system says'], ['?', 'This help'], ['Esc', 'Close']]],
];

export const Help = ({ close }) => html`
  <${Dialog} title="Keyboard" close=${close}>
    <div class="dialog-body keys">
      ${KEYS.map(([title, keys]) => html`<section><h3>${title}</h3>
        <dl>${keys.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl></section>`)}
    </div>
    <footer class="dialog-foot"><label class="check"><input type="checkbox" checked=${useCell(singleKeys)} onChange=${(e) => singleKeys.set(e.target.checked)} /> Single keys do something</label></footer>
  <//>`;
