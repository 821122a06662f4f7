import { useEffect, useRef, useState } from '../lib/dom.js';
import { get, path } from '../lib/api.js';

/** More would ask the server more than they tell. */
const MOST = 12;
const outlines = new Map();

/** How many steps a workflow has as far as it is known; 0 if it is not. */
function outline(name) {
  if (!outlines.has(name)) outlines.set(name, get(path('workflows', name)).then((w) => w.steps?.length ?? 0, () => 0));
  return outlines.get(name);
}

async function look(run) {
  const [{ items }, total] = await Promise.all([get(`${path('runs', run.id)}/steps`), outline(run.workflow)]);
  const top = items.filter((s) => !s.id.includes('/'));
  const done = top.filter((s) => s.status !== 'RUNNING').length;
  return { now: items.filter((s) => s.status === 'RUNNING').at(-1), done, total: Math.max(total, top.length) };
}

/** How far the first runs of a list that work are, by run. Those that something happened to are looked at again. */
export function useProgress(runs, touched) {
  const [known, setKnown] = useState(() => new Map());
  const latest = useRef(known);
  latest.current = known;
  const busy = useRef(false);
  useEffect(() => {
    const working = runs.filter((r) => r.status === 'RUNNING' && !r.waiting).slice(0, MOST);
    const stale = working.filter((r) => touched.current.has(r.id) || !latest.current.has(r.id));
    if (!stale.length || busy.current) return;
    busy.current = true;
    touched.current.clear();
    Promise.all(stale.map((r) => look(r).then((found) => [r.id, found], () => undefined)))
      .then((found) => setKnown(new Map([...working.map((r) => [r.id, latest.current.get(r.id)]), ...found.filter(Boolean)])))
      .finally(() => (busy.current = false));
  }, [runs]);
  return known;
}
