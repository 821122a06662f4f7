import { useEffect, useRef } from './dom.js';

/** Calls again and again while the page is looked at. */
export function useEvery(ms, action) {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || latest.current(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}
