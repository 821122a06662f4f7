import { liveOf } from '../lib/live.js';

/** The texts that a step has put out, as `[name, text]`: live while it runs, as recorded afterwards. */
export function textsOf(step, live, attempt) {
  const result = step.result;
  const latest = attempt === undefined || attempt === step.tries.at(-1)?.n;
  const now = live && liveOf(live, step.id, attempt ?? step.tries.at(-1)?.n);
  const streams = { ...now?.streams };
  if (latest && result && typeof result === 'object') {
    for (const name of ['text', 'stdout', 'stderr']) if (typeof result[name] === 'string') streams[name] = result[name];
  }
  const order = ['thinking', 'text', 'stdout', 'stderr'];
  return Object.entries(streams).filter(([, text]) => text).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** The end of what a step is known to have put out. */
export function lastLines(step, most) {
  const [, text] = textsOf(step).filter(([name]) => name !== 'thinking').at(-1) ?? [];
  return text?.trimEnd().split('\n').slice(-most).join('\n');
}

/** Whether a step puts out text at all. */
export const speaks = (step, live) => step.calls.length > 0 || ['shell', 'llm'].includes(step.kind) || textsOf(step, live).length > 0;
