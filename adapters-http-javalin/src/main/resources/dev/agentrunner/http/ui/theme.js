// Before anything is drawn, so that the page does not flash in the wrong colours. lib/theme.js changes it later.
try {
  const theme = JSON.parse(localStorage.getItem('agent-runner.theme'));
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // As the system says, then.
}
