// A drawer took the stage: the page behind it rests (inert), the focus moves in, and later back where it was.
// The sidebar stays usable: it leads elsewhere, which is a fair way to leave a drawer.
// While something in it is not saved, links and the closing of the window ask first.
let before = null;
let resting = [];
let drawer = null;
let unsaved = false;
let held = null;

function followed(event) {
  const link = unsaved && event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || link.hasAttribute('download') || link.target) return;
  event.preventDefault();
  event.stopPropagation();
  drawer.invokeMethodAsync('FollowAsync', url.pathname + url.search);
}

function closing(event) {
  if (unsaved) event.preventDefault();
}

export function guard(on) {
  unsaved = on;
}

/**
 * Esc asks the drawer around the cursor to close, and any drawer when the cursor is nowhere. Heard on the page itself: whoever is quick
 * presses it before a drawer has entered.
 */
export function startDrawers() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('dialog[open], [popover], [data-own-escape]')) return;
    const panel = event.target === document.body && !document.querySelector('dialog[open], :popover-open')
      ? [...document.querySelectorAll('.drawer')].at(-1) : event.target.closest('.drawer');
    if (!panel) return;
    event.preventDefault();
    // what was typed last is told before the question whether it would be lost
    event.target.blur();
    panel.dispatchEvent(new Event('cancel'));
  });
}

export function entered(panel, self) {
  drawer = self;
  document.addEventListener('click', followed, true);
  addEventListener('beforeunload', closing);
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
  // somebody who is quicker than the script already writes in it
  if (!panel.contains(document.activeElement)) focusIn(panel);
  let last = document.activeElement;
  held?.disconnect();
  held = new MutationObserver(() => {
    if (document.activeElement !== document.body) last = document.activeElement;
    else if (last && !last.isConnected && panel.isConnected && !document.querySelector('dialog[open]')) focusIn(panel);
  });
  held.observe(panel, { childList: true, subtree: true });
}

// also when what had the focus is drawn anew, as the heading is once its lead has come
function focusIn(panel) {
  (panel.querySelector('[data-focus]') ?? panel.querySelector('input, select, textarea, button, a[href]'))?.focus({ preventScroll: true });
}

export function left() {
  unsaved = false;
  drawer = null;
  document.removeEventListener('click', followed, true);
  removeEventListener('beforeunload', closing);
  held?.disconnect();
  held = null;
  for (const node of resting) node.inert = false;
  resting = [];
  if (before?.isConnected) before.focus();
  before = null;
}
