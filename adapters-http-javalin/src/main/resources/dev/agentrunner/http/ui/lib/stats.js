/** The numbers over all runs, in the words of the list: a run that waits is not counted as one that works. */
export function summary(stats) {
  const runs = stats.runs ?? {};
  const waiting = Object.values(stats.waiting ?? {}).reduce((sum, n) => sum + n, 0);
  return {
    running: Math.max(0, (runs.RUNNING ?? 0) - waiting),
    waiting,
    queued: runs.QUEUED ?? 0,
    approvals: stats.waiting?.APPROVAL ?? 0,
    failedRecently: stats.failed_recently ?? 0,
    all: Object.values(runs).reduce((sum, n) => sum + n, 0),
    runs,
  };
}
