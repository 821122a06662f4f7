import { useEffect, useState } from './dom.js';

/** A value that tells those who watch it when it changes. */
export function cell(value) {
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const watcher of [...watchers]) watcher(value);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** Renders again whenever the cell changes. */
export function useCell(of) {
  const [value, setValue] = useState(of.get());
  useEffect(() => {
    setValue(of.get());
    return of.watch(setValue);
  }, [of]);
  return value;
}

/** A cell that survives a reload, where the browser lets it. */
export function keptCell(key, initial) {
  const name = `agent-runner.${key}`;
  let kept = initial;
  try {
    kept = JSON.parse(localStorage.getItem(name)) ?? initial;
  } catch {
    // No storage, or not ours: the initial value will do.
  }
  const made = cell(kept);
  made.watch((value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // It is forgotten with the tab then.
    }
  });
  return made;
}
