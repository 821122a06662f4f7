import { html, useLayoutEffect, useRef, useState } from '../lib/dom.js';
import { Icon } from './icons.js';

const PIECE = 4096;

/** A long text that may grow; only its last piece changes then, so that a growing text stays cheap to draw. */
const pieces = (text) => {
  const found = [];
  for (let i = 0; i < text.length; i += PIECE) found.push(text.slice(i, i + PIECE));
  return found;
};

/** A box of text that keeps the end in view until the viewer scrolls up. */
export const Follow = ({ text, label, growing, className = '' }) => {
  const ref = useRef();
  const [away, setAway] = useState(false);
  useLayoutEffect(() => {
    if (growing && !away) ref.current.scrollTop = ref.current.scrollHeight;
  }, [text, growing, away]);
  const look = () => {
    const { scrollTop, clientHeight, scrollHeight } = ref.current;
    setAway(growing && scrollTop + clientHeight < scrollHeight - 24);
  };
  return html`<div class="follow">
    <pre ref=${ref} class=${`text-block ${className}`} tabindex="0" role="group" aria-label=${label} onScroll=${look}>${pieces(text).map((piece, i) => html`<span key=${i}>${piece}</span>`)}${growing && html`<span class="caret" aria-hidden="true"></span>`}</pre>
    ${away && html`<button type="button" class="button jump" onClick=${() => setAway(false)}><${Icon} name="down" /><span>Jump to live</span></button>`}
  </div>`;
};
