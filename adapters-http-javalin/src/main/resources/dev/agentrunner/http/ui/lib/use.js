import { useCallback, useEffect, useRef, useState } from './dom.js';

/**
 * Loads something and keeps what was last loaded while it loads again.
 *
 * @param load asks for it, with a signal that tells when nobody wants it any more
 * @param keys loads anew, and from nothing, when one of them changes
 * @returns {{value, error, loading, again}}
 */
export function useLoad(load, keys) {
  const [state, setState] = useState({ loading: true });
  const latest = useRef(load);
  const control = useRef();
  latest.current = load;
  const again = useCallback(async () => {
    control.current?.abort();
    const mine = (control.current = new AbortController());
    try {
      const value = await latest.current(mine.signal);
      if (!mine.signal.aborted) setState({ value, loading: false });
    } catch (error) {
      if (!mine.signal.aborted) setState((old) => ({ value: old.value, error, loading: false }));
    }
  }, []);
  useEffect(() => {
    setState({ loading: true });
    again();
    return () => control.current?.abort();
  }, keys);
  return { ...state, again };
}

/** Calls at once, then at most once per interval however often it is asked. */
export function useThrottled(action, ms) {
  const state = useRef({ at: 0 });
  state.current.action = action;
  useEffect(() => () => clearTimeout(state.current.timer), []);
  return useCallback(() => {
    const s = state.current;
    if (s.timer) return;
    s.timer = setTimeout(() => {
      s.timer = undefined;
      s.at = Date.now();
      s.action();
    }, Math.max(0, s.at + ms - Date.now()));
  }, []);
}

/** Something that a button does: `[run, busy, error]`; busy shows after 150 ms, so that quick answers do not flicker. */
export function useAction(action) {
  const [state, setState] = useState({});
  const run = async (...given) => {
    setState({ pending: true });
    const slow = setTimeout(() => setState({ pending: true, busy: true }), 150);
    try {
      const value = await action(...given);
      setState({});
      return value;
    } catch (error) {
      setState({ error });
      return undefined;
    } finally {
      clearTimeout(slow);
    }
  };
  return { run, ...state };
}
