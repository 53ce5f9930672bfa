// A double-click is one deed. Its second click does not fall through a menu or a dialog that the first one closed, onto what stands
// below; and a button marked data-once hears the first click only, for its deed cannot be done twice.
let before = null;

function clicked(event) {
  const first = before;
  before = event.detail > 0 ? { around: event.target.closest('[popover], dialog'), once: event.target.closest('[data-once]') } : null;
  if (event.detail < 2 || !first || !(first.once || closed(first.around))) return;
  // a third click of the same hand means no more than the second
  before = first;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function closed(around) {
  if (!around) return false;
  return !around.isConnected || !(around.matches('dialog') ? around.open : around.matches(':popover-open'));
}

export function startClicks() {
  addEventListener('click', clicked, true);
}
