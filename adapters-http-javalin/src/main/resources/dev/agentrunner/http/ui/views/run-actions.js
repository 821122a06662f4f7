import { html, useState } from '../lib/dom.js';
import { path, post } from '../lib/api.js';
import { mayWrite } from '../lib/session.js';
import { useAction } from '../lib/use.js';
import { Button } from '../parts/bits.js';
import { toast } from '../parts/toast.js';
import { CancelDialog } from './cancel.js';
import { DeleteDialog, DirectiveDialog, SignalDialog } from './run-dialogs.js';
import { ForkDialog } from './run-fork.js';

const DIALOGS = { cancel: CancelDialog, directive: DirectiveDialog, signal: SignalDialog, fork: ForkDialog, delete: DeleteDialog };

/**
 * What may be done with a run now, by the server's word and this viewer's role: `[{name, text, icon, act}]`, and the dialog
 * that is open.
 */
export function useRunActions(run, fold, again) {
  const [open, setOpen] = useState();
  const direct = useAction(async (name) => {
    try {
      await post(`${path('runs', run.id)}/${name}`, {});
      again();
    } catch (e) {
      toast(`${e.title}. ${e.detail}`, { tone: 'failed' });
    }
  });
  if (!run || !mayWrite()) return { actions: [], dialog: null };
  const allowed = new Set(run.allowed_actions ?? []);
  const ask = (name, given) => () => setOpen({ name, given });
  const all = [
    { name: 'resume', text: 'Resume', icon: 'play', act: () => direct.run('resume'), ...direct },
    { name: 'pause', text: 'Pause', icon: 'pause', act: () => direct.run('pause'), ...direct },
    { name: 'directive', text: 'Direct…', icon: 'person', act: ask('directive') },
    { name: 'signal', text: 'Signal…', icon: 'spark', act: ask('signal') },
    { name: 'fork', text: 'Fork…', icon: 'fork', act: ask('fork'), from: (step) => ask('fork', step)() },
    { name: 'delete', text: 'Delete…', icon: 'close', act: ask('delete') },
    { name: 'cancel', text: 'Cancel…', icon: 'close', tone: 'danger', act: ask('cancel') },
  ];
  const close = () => setOpen(undefined);
  const Dialog = open && DIALOGS[open.name];
  return {
    actions: all.filter((a) => allowed.has(a.name)),
    dialog: Dialog && html`<${Dialog} run=${run} fold=${fold} given=${open.given} close=${close} again=${again} />`,
  };
}

export const Actions = ({ actions }) => html`<div class="actions" role="group" aria-label="Actions">
  ${actions.map((a) => html`<${Button} key=${a.name} action=${a.act} icon=${a.icon} tone=${a.tone} busy=${a.busy} pending=${a.pending}>${a.text}<//>`)}</div>`;

