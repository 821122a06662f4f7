/** What came live and is stored nowhere: by step and attempt, the end of each stream of text. */
const LONGEST = 1 << 19;

export const emptyLive = () => ({ version: 0, steps: new Map() });

export const liveKey = (step, attempt) => `${step}\n${attempt}`;

/** The live part of a step's attempt: `{streams: {text, thinking, stdout, …}, beat}`. */
export const liveOf = (live, step, attempt) => live.steps.get(liveKey(step, attempt));

export function applyLive(live, messages) {
  for (const { name, data } of messages) {
    const key = liveKey(data.step_id, data.attempt);
    let of = live.steps.get(key);
    if (!of) live.steps.set(key, (of = { streams: {}, seen: Date.now() }));
    if (name === 'llm.heartbeat') of.beat = { ...data, at: Date.now() };
    else {
      const stream = name === 'llm.delta' ? data.kind ?? 'text' : data.stream;
      const text = (of.streams[stream] ?? '') + data.text;
      of.streams[stream] = text.length > LONGEST ? text.slice(-LONGEST / 2) : text;
      of.last = Date.now();
      of.model = data.model ?? of.model;
    }
  }
  live.version++;
  return live;
}
