import { html } from '../lib/dom.js';

const PATHS = {
  queued: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11z',
  running: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5.5v5M5.5 8h5',
  waiting: 'M4.5 2.5h7M4.5 13.5h7M5.5 2.5c0 3 5 4 5 5.5s-5 2.5-5 5.5M10.5 2.5c0 3-5 4-5 5.5s5 2.5 5 5.5',
  completed: 'M3 8.5l3.2 3.2L13 4.8',
  failed: 'M4 4l8 8M12 4l-8 8',
  canceled: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM4.2 4.2l7.6 7.6',
  skipped: 'M3 4l5 4-5 4zM9 4l5 4-5 4z',
  pending: 'M4 8h.1M8 8h.1M12 8h.1',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5l7 4.5-7 4.5z',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 3a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM10 10l3.5 3.5',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  menu: 'M3 4.5h10M3 8h10M3 11.5h10',
  more: 'M6 3.5L10.5 8L6 12.5',
  down: 'M3.5 6L8 10.5L12.5 6',
  fork: 'M4.5 3v10M4.5 9.5h3.5a3.5 3.5 0 0 0 3.5-3.5V3M9.5 5l2-2l2 2',
  file: 'M4 2.500h5l3 3v8H4zM9 2.500v3h3',
  download: 'M8 2.500v7.500M5 7l3 3l3-3M3 13h10',
  key: 'M10.5 3a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5zM8.6 7.300L3 13M5 11l1.5 1.5',
  help: 'M6 6a2 2 0 1 1 2.8 1.800c-.6.3-.8.7-.8 1.400M8 11.700v.1',
  person: 'M8 3a2.3 2.3 0 1 0 0 4.600a2.3 2.3 0 0 0 0-4.600zM3.5 13c.5-5 8.5-5 9 0',
  spark: 'M8 2.500l1.4 4.100L13.5 8l-4.1 1.400L8 13.500l-1.4-4.100L2.5 8l4.1-1.400z',
  terminal: 'M3 4.500L6.5 8L3 11.5M8 12h5',
  clock: 'M8 2.500a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM8 5v3l2 1.5',
  lanes: 'M3 4h4v0M3 8h10M3 12h7M9 4h4',
  globe: 'M8 2.500a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM2.5 8h11M8 2.500c-3 3-3 8 0 11c3-3 3-8 0-11',
  loop: 'M12.5 6a5 5 0 1 0 .3 3.500M12.8 3v3h-3',
  step: 'M4 4h8v8H4z',
};

const KINDS = {
  llm: 'spark', shell: 'terminal', http: 'globe', approval: 'person', sleep: 'clock', await: 'clock', write_files: 'file',
  parallel: 'lanes', branch: 'lanes', map: 'loop', foreach: 'loop', run: 'fork', child: 'fork',
};

/** A drawing beside a word; it says nothing by itself. */
export const Icon = ({ name }) => html`
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d=${PATHS[name] ?? PATHS.step} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;

export const KindIcon = ({ kind }) => html`<${Icon} name=${KINDS[kind] ?? 'step'} />`;
