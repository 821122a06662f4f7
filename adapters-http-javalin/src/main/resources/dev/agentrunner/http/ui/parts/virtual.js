import { html, useEffect, useLayoutEffect, useRef, useState } from '../lib/dom.js';

const SPARE = 8;

/**
 * A list of which only the rows in view are there. All rows are `height` high.
 *
 * @param row renders the item with this index
 * @param follow keeps the end in view as long as the viewer has not scrolled away from it
 * @param fit as high as all rows are, as far as the style sheet lets it
 * @param reveal the index of a row to bring into view when it changes
 */
export const Virtual = ({ count, height, row, label, follow = false, reveal, className = '', fit = false }) => {
  const ref = useRef();
  const atEnd = useRef(true);
  const [view, setView] = useState({ top: 0, rows: 30 });

  const look = () => {
    // A last word of the observer, after the list has gone.
    if (!ref.current) return;
    const { scrollTop, clientHeight, scrollHeight } = ref.current;
    atEnd.current = scrollTop + clientHeight >= scrollHeight - height;
    const next = { top: Math.floor(scrollTop / height), rows: Math.ceil(clientHeight / height) };
    setView((old) => (old.top === next.top && old.rows === next.rows ? old : next));
  };

  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [height]);

  useLayoutEffect(() => {
    if (follow && atEnd.current) ref.current.scrollTop = ref.current.scrollHeight;
    look();
  }, [count, height, follow]);

  useLayoutEffect(() => {
    if (reveal === undefined || reveal < 0) return;
    const { scrollTop, clientHeight } = ref.current;
    if (reveal * height < scrollTop || (reveal + 1) * height > scrollTop + clientHeight) {
      ref.current.scrollTop = Math.max(0, reveal * height - clientHeight / 3);
    }
    look();
  }, [reveal]);

  const from = Math.max(0, Math.min(view.top, count - view.rows) - SPARE);
  const to = Math.min(count, view.top + view.rows + SPARE);
  const rows = [];
  for (let i = from; i < to; i++) rows.push(row(i));
  return html`
    <div ref=${ref} class=${`virtual ${className}`} role="list" aria-label=${label} tabindex="0" onScroll=${look} style=${fit ? { height: `${count * height}px` } : undefined}>
      <div class="virtual-space" role="presentation" style=${{ height: `${count * height}px` }}>
        <div class="virtual-rows" role="presentation" style=${{ transform: `translateY(${from * height}px)` }}>${rows}</div>
      </div>
    </div>`;
};
