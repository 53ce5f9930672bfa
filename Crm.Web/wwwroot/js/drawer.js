// A drawer took the stage: the page behind it rests (inert), the focus moves in, and later back where it was.
// The sidebar stays usable: it leads elsewhere, which is a fair way to leave a drawer.
let before = null;
let resting = [];

export function entered(panel) {
  before = document.activeElement;
  resting = [];
  for (let node = panel; node.parentElement && !node.matches('main, body'); node = node.parentElement) {
    for (const other of node.parentElement.children) {
      if (other !== node && !other.inert && !other.matches('.scrim, .toasts, dialog, script, style')) {
        other.inert = true;
        resting.push(other);
      }
    }
  }
  panel.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('dialog[open], [popover]')) return;
    event.preventDefault();
    panel.dispatchEvent(new Event('cancel'));
  });
  // somebody who is quicker than the script already writes in it
  if (panel.contains(document.activeElement)) return;
  (panel.querySelector('[data-focus]') ?? panel.querySelector('input, select, textarea, button, a[href]'))?.focus();
}

export function left() {
  for (const node of resting) node.inert = false;
  resting = [];
  if (before?.isConnected) before.focus();
  before = null;
}
