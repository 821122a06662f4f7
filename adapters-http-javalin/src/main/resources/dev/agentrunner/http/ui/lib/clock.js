import { useEffect, useState } from './dom.js';

const watchers = new Set();
let timer;

function tick() {
  const now = Date.now();
  for (const watcher of [...watchers]) watcher(now);
}

/** Now, again every second while `running`. All who watch share one timer. */
export function useNow(running = true) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!running) return undefined;
    watchers.add(setNow);
    timer ??= setInterval(tick, 1000);
    return () => {
      watchers.delete(setNow);
      if (watchers.size === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    };
  }, [running]);
  return now;
}
