import { cell } from './cell.js';
import { address } from './api.js';

/** How the tab is connected: `{state: idle | connecting | live | reconnecting | ended, since}`. */
export const link = cell({ state: 'idle', since: 0 });

const LIVE = ['llm.delta', 'llm.heartbeat', 'step.output'];
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;
/** So many events at once are history being read, which need not be drawn frame by frame. */
const MANY = 200;
const UNHURRIED = 150;
let current;

/**
 * Follows a stream of events; whatever this tab followed before is left. Events come in batches, at most one per frame.
 *
 * A lost connection is taken up again after the last event that came. Before that the server is asked by `check`, which
 * also tells what an EventSource cannot: that it is the wrong place, or that nothing more will come.
 *
 * @param path of the stream
 * @param query of the stream; `after` is added on streams that are `resumable`
 * @param onEvents gets what is new, in order
 * @param onLive gets live messages, as `{name, data}`, in order
 * @param onOpen is told of each connection
 * @param check resolves to whether more can come after this seq; rejects while the server is away
 * @returns leaves the stream
 */
export function follow({ path, query = {}, resumable, onEvents, onLive = () => {}, onOpen = () => {}, check }) {
  current?.();
  let source;
  let last = 0;
  let pause = FIRST_PAUSE;
  let timer;
  let left = false;
  let events = [];
  let lives = [];
  let frame = false;
  let flood = false;

  const show = (state) => {
    if (left) return;
    const before = link.get();
    link.set({ state, since: before.state === state ? before.since : Date.now() });
  };

  const flush = () => {
    frame = false;
    if (left) return;
    const [some, live] = [events, lives];
    flood = some.length > MANY;
    events = [];
    lives = [];
    if (some.length) onEvents(some);
    if (live.length) onLive(live);
  };

  const soon = () => {
    if (frame) return;
    frame = true;
    // A hidden tab gets no frames.
    if (document.hidden || flood) setTimeout(flush, UNHURRIED);
    else requestAnimationFrame(flush);
  };

  const end = () => {
    source?.close();
    show('ended');
  };

  const lost = () => {
    source.close();
    if (left) return;
    show('reconnecting');
    clearTimeout(timer);
    timer = setTimeout(retry, pause);
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  };

  const retry = async () => {
    try {
      const more = await check(last);
      if (left) return;
      if (more) open();
      else end();
    } catch {
      lost();
    }
  };

  const open = () => {
    source = new EventSource(address(path, resumable ? { ...query, after: last } : query));
    source.onopen = () => {
      pause = FIRST_PAUSE;
      show('live');
      onOpen();
    };
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (resumable && event.seq <= last) return;
      last = event.seq;
      events.push(event);
      soon();
    };
    for (const name of LIVE) {
      source.addEventListener(name, ({ data }) => {
        lives.push({ name, data: JSON.parse(data) });
        soon();
      });
    }
    source.addEventListener('end', end);
    source.addEventListener('overflow', lost);
    source.onerror = lost;
  };

  const leave = () => {
    left = true;
    clearTimeout(timer);
    source?.close();
    if (current === leave) {
      current = undefined;
      link.set({ state: 'idle', since: Date.now() });
    }
  };
  current = leave;
  link.set({ state: 'connecting', since: Date.now() });
  open();
  return leave;
}
