// A cut circuit: says so, keeps trying, and brings the page back with what was typed.
// Blazor's script only sets a class on the dialog; everything a person sees and needs happens here.
import { resend } from './drafts.js';

const prefix = 'components-reconnect-';
const probeEvery = 5000;
const patience = 15000;

export function startConnection() {
  const dialog = document.getElementById('components-reconnect-modal');
  let state = 'hide';
  let leftField = null;

  function enter(next) {
    if (next === state) return;
    const wasOpen = state !== 'hide';
    state = next;
    dialog.dataset.state = next;
    if (next === 'hide') {
      dialog.close();
      // opening the dialog took the focus away, and the field's change went nowhere
      setTimeout(() => resend(leftField), 300);
      return;
    }
    if (next === 'rejected') return location.reload();
    if (wasOpen) return;
    leftField = document.activeElement;
    if (!dialog.open) dialog.showModal();
    watch();
  }

  // A frozen connection neither breaks nor answers, and one attempt to reconnect may hang on it for minutes.
  // When the shop answers twice but the circuit does not come back, a fresh page does.
  async function watch() {
    const since = Date.now();
    let answers = 0;
    while (state !== 'hide') {
      await new Promise(done => setTimeout(done, probeEvery));
      if (state === 'hide') return;
      answers = (await answered()) ? answers + 1 : 0;
      if (answers >= 2 && Date.now() - since >= patience && state !== 'hide') return location.reload();
    }
  }

  new MutationObserver(() => {
    const found = ['rejected', 'failed', 'show', 'hide'].find(each => dialog.classList.contains(prefix + each));
    if (found) enter(found);
  }).observe(dialog, { attributes: true, attributeFilter: ['class'] });

  // the dialog takes the focus and so ends an edit; nobody would hear of it now, resend() tells it later
  addEventListener('change', event => { if (state !== 'hide') event.stopImmediatePropagation(); }, true);
  dialog.addEventListener('cancel', event => event.preventDefault());
  dialog.querySelector('[data-retry]').addEventListener('click', async () => {
    enter('show');
    try {
      if (!(await Blazor.reconnect())) location.reload();
    } catch {
      enter('failed');
    }
  });
}

async function answered() {
  try {
    return (await fetch('alive', { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}
