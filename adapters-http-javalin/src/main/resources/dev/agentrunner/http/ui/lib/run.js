import { useEffect, useRef, useState } from './dom.js';
import { get, path } from './api.js';
import { applyAll, emptyFold } from './fold.js';
import { applyLive, emptyLive } from './live.js';
import { follow } from './stream.js';
import { useThrottled } from './use.js';

const ENDED = ['COMPLETED', 'FAILED', 'CANCELED'];

export const hasEnded = (run) => ENDED.includes(run.status);

/** Whether an event may change what the server says of the run as a whole. */
const matters = ({ type }) => type.startsWith('RUN_') || type === 'LLM_COMPLETED' || type === 'STEP_STARTED' || type === 'STEP_COMPLETED';

/**
 * A run as the server says it is, and the fold of its events, live.
 *
 * @returns {{run, error, fold, live, again}} `run` is undefined until it is known; `fold` and `live` grow in place
 */
export function useRun(id) {
  const [run, setRun] = useState();
  const [error, setError] = useState();
  const [, draw] = useState(0);
  const state = useRef({ fold: emptyFold(), live: emptyLive() });

  const load = async () => {
    const found = await get(path('runs', id));
    setRun(found);
    setError(undefined);
    return found;
  };
  const again = useThrottled(() => load().catch(() => {}), 300);

  useEffect(() => {
    let leave = () => {};
    let left = false;
    const { fold, live } = state.current;
    const begin = () => {
      leave = follow({
        path: `${path('runs', id)}/events/stream`,
        resumable: true,
        onEvents(events) {
          applyAll(fold, events);
          if (events.some(matters)) again();
          draw(fold.version + live.version);
        },
        onLive(messages) {
          applyLive(live, messages);
          draw(fold.version + live.version);
        },
        check: async (last) => {
          const now = await load();
          return !hasEnded(now) || now.last_seq > last;
        },
      });
    };
    load().then(() => left || begin(), setError);
    return () => {
      left = true;
      leave();
    };
  }, [id]);
  return { run, error, again, ...state.current };
}
