import { html, useState, useEffect } from '../lib/dom.js';
import { useCell } from '../lib/cell.js';
import { useNow } from '../lib/clock.js';
import { useKeys } from '../lib/keys.js';
import { go, href, useRoute } from '../lib/router.js';
import { mayWrite, session, signOut } from '../lib/session.js';
import { link } from '../lib/stream.js';
import { switchTheme, theme } from '../lib/theme.js';
import { Help } from './help.js';
import { Icon } from './icons.js';
import { Palette } from './palette.js';
import { Toasts } from './toast.js';

const NAV = [['runs', 'Runs'], ['workflows', 'Workflows'], ['nodes', 'Nodes'], ['providers', 'Providers']];

/** Whether the page hears of what happens. */
const Badge = () => {
  const { state, since } = useCell(link);
  const now = useNow(state === 'reconnecting');
  if (state === 'idle') return null;
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  const [tone, icon, word] = {
    connecting: ['queued', 'waiting', 'connecting'],
    live: ['completed', 'running', 'live'],
    reconnecting: ['canceled', 'loop', `reconnecting ${seconds}s`],
    ended: ['queued', 'completed', 'ended'],
  }[state];
  const title = {
    connecting: 'Connecting to the stream of events', live: 'What happens is shown as it happens',
    reconnecting: 'The connection is lost. What is shown may be old; nothing will be missing once it is back.', ended: 'The run has ended; nothing more will come',
  }[state];
  return html`<span class=${`pill badge tone-${tone}`} title=${title} data-state=${state}><${Icon} name=${icon} />${word}</span>
    <span class="sr-only" role="status">${state === 'reconnecting' ? 'Connection lost, reconnecting' : ''}</span>`;
};

const Who = () => {
  const who = useCell(session);
  if (!who?.principal) return null;
  return html`<details class="menu"><summary class="bare" title="Who you are"><${Icon} name="key" /><span class="who">${who.principal}</span></summary>
    <div class="menu-box"><p><strong>${who.principal}</strong><br /><span class="muted">${who.role}${who.role === 'viewer' ? ', read-only' : ''}</span></p>
      ${who.auth === 'keys' && html`<button type="button" class="button" onClick=${signOut}>Sign out</button>`}</div></details>`;
};

const Header = ({ find, help }) => {
  const { parts } = useRoute();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [parts.join('/')]);
  const mode = useCell(theme);
  return html`<header class="bar">
    <a class="brand" href=${href(['runs'])}>agent-runner</a>
    <button type="button" class="bare nav-toggle" aria-expanded=${open} aria-controls="nav" onClick=${() => setOpen(!open)}><${Icon} name="menu" /><span class="sr-only">Menu</span></button>
    <nav id="nav" class=${open ? 'open' : ''} aria-label="Main">
      ${NAV.map(([to, text]) => html`<a href=${href([to])} aria-current=${parts[0] === to ? 'page' : undefined}>${text}</a>`)}
    </nav>
    <div class="bar-end">
      <${Badge} />
      <button type="button" class="bare find" aria-label="Find or do: Ctrl K" title="Find or do (Ctrl K)" onClick=${find}><${Icon} name="search" /><kbd>Ctrl K</kbd></button>
      <button type="button" class="bare help" aria-label="Keyboard help" title="Keyboard (?)" onClick=${help}><${Icon} name="help" /></button>
      <button type="button" class="bare" aria-label=${`Colours: ${mode}`} title=${`Colours: ${mode} (t)`} onClick=${switchTheme}><${Icon} name="theme" /></button>
      <${Who} />
    </div>
  </header>`;
};

/** What is around every view. */
export const Frame = ({ children }) => {
  const [over, setOver] = useState();
  const { parts } = useRoute();
  const who = useCell(session);
  const close = () => setOver(undefined);
  const to = (part) => () => go(href([part]));
  useKeys({
    'g r': to('runs'), 'g w': to('workflows'), 'g n': to('nodes'), 'g p': to('providers'),
    s: () => mayWrite() && go(href(['start'])),
    t: switchTheme, '?': () => setOver('help'), 'mod+k': () => setOver('palette'),
  });
  useEffect(() => {
    const main = document.getElementById('main');
    if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [parts.slice(0, 2).join('/')]);
  const skip = (e) => {
    e.preventDefault();
    document.getElementById('main').focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <${Header} find=${() => setOver('palette')} help=${() => setOver('help')} />
    ${who?.role === 'viewer' && html`<p class="read-only"><${Icon} name="key" />Read-only: this key may look, but change nothing.</p>`}
    <main id="main" tabindex="-1">${children}</main>
    <${Toasts} />
    ${over === 'help' && html`<${Help} close=${close} />`}
    ${over === 'palette' && html`<${Palette} close=${close} help=${() => setOver('help')} />`}`;
};
