/** How the steps of a run lie in time: pure, so that the picture can be tested without one. */

const NICE = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Marks of the time axis: at most about eight, at round distances, as `[ms from the start]`. */
export function ticks(span) {
  const seconds = span / 1000;
  if (seconds <= 0) return [];
  let distance = NICE.find((n) => seconds / n <= 8) ?? Math.ceil(seconds / 8 / 86_400) * 86_400;
  if (seconds < 2) distance = seconds < 0.4 ? 0.05 : 0.25;
  const marks = [];
  for (let at = distance; at < seconds * 0.97; at += distance) marks.push(at * 1000);
  return marks;
}

/** Steps in the order in which they began, each followed by those that are part of it, branch by branch. */
export function byBranch(steps) {
  const seen = new Map();
  const keys = new Map();
  for (const step of steps) {
    const parts = step.id.split('/');
    keys.set(step, parts.map((_, i) => {
      // A branch such as `each[0]` or `both.left` comes after the step that it is part of.
      const prefix = parts.slice(0, i + 1).join('/');
      if (!seen.has(prefix)) seen.set(prefix, step.first);
      return [seen.get(prefix.replace(/(\[\d+\]|\.[^./]+)$/, '')) ?? seen.get(prefix), seen.get(prefix)];
    }).flat());
  }
  return [...steps].sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    for (let i = 0; i < Math.min(one.length, other.length); i++) if (one[i] !== other[i]) return one[i] - other[i];
    return one.length - other.length;
  });
}

/** The bars of a step: `{from, to, tone}` by attempt, with pauses for retries and waits cut out as `waiting`. */
export function bars(step, waits, now) {
  const found = [];
  const waitsItself = ['sleep', 'await', 'approval'].includes(step.kind);
  step.tries.forEach((attempt, i) => {
    const to = attempt.to ?? now;
    const last = i === step.tries.length - 1;
    const tone = attempt.failure ? 'failed' : last ? step.status.toLowerCase() : 'failed';
    found.push({ from: attempt.from, to, tone: waitsItself && tone !== 'failed' ? 'waiting' : tone });
    if (!last) found.push({ from: to, to: step.tries[i + 1].from, tone: 'waiting' });
    else if (step.status === 'RUNNING' && attempt.to) found.push({ from: to, to: now, tone: 'waiting' });
    if (!waitsItself) {
      for (const wait of waits) {
        const [from, until] = [Math.max(wait.from, attempt.from), Math.min(wait.to ?? now, to)];
        if (from < until) found.push({ from, to: until, tone: 'waiting' });
      }
    }
  });
  return found;
}
