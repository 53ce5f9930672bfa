// Hands on the calendar: a mouse drags an entry to another day or hour, Ctrl and arrow keys nudge it. Fingers use its dialog.
let page = null;
let root = null;
let drag = null;

const entryOf = node => node?.closest?.('[data-entry]');
const shown = each => each.checkVisibility();

function pointerDown(event) {
  const entry = entryOf(event.target);
  if (!entry?.dataset.moves || event.pointerType !== 'mouse' || event.button !== 0) return;
  const box = entry.getBoundingClientRect();
  drag = { entry, key: entry.dataset.entry, x: event.clientX, y: event.clientY, dx: event.clientX - box.left, dy: event.clientY - box.top, ghost: null, target: null };
}

function pointerMoved(event) {
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    lift();
  }
  event.preventDefault();
  drag.ghost.style.transform = `translate(${event.clientX - drag.dx}px, ${event.clientY - drag.dy}px) rotate(1.5deg)`;
  mark(document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-day]'));
}

function lift() {
  const ghost = drag.entry.cloneNode(true);
  ghost.removeAttribute('data-entry');
  ghost.removeAttribute('style');
  ghost.className = 'cal-e dragging';
  ghost.style.width = `${drag.entry.offsetWidth}px`;
  drag.ghost = ghost;
  drag.entry.classList.add('lifted');
  document.body.append(ghost);
}

function mark(day) {
  if (drag.target === day) return;
  drag.target?.classList.remove('drop');
  drag.target = root.contains(day) ? day : null;
  drag.target?.classList.add('drop');
}

function pointerUp(event) {
  if (!drag) return;
  const { key, ghost, target } = drag;
  const minute = target && minuteAt(target, event.clientY - drag.dy);
  stopDrag();
  if (!ghost) return;
  // the click that follows a drag is not meant for the entry
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, true), 100);
  if (target) page.invokeMethodAsync('DropAsync', key, target.dataset.day, minute);
}

// where the entry's upper edge was let go; days without hours keep its hour
function minuteAt(day, y) {
  if (!day.dataset.from) return null;
  const box = day.getBoundingClientRect();
  const [from, to] = [Number(day.dataset.from), Number(day.dataset.to)];
  return Math.round(from + (to - from) * (y - box.top) / box.height);
}

function stopDrag() {
  drag?.ghost?.remove();
  drag?.entry.classList.remove('lifted');
  drag?.target?.classList.remove('drop');
  drag = null;
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function keyDown(event) {
  if (event.key === 'Escape' && drag?.ghost) {
    stopDrag();
    addEventListener('click', swallow, { capture: true, once: true });
    return;
  }
  const entry = entryOf(event.target);
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!entry || !step || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (event.ctrlKey) {
    if (entry.dataset.moves) page.invokeMethodAsync('NudgeAsync', entry.dataset.entry, ...step);
    return;
  }
  const all = [...root.querySelectorAll('[data-entry]')].filter(shown);
  all[all.indexOf(entry) + step[0] + step[1]]?.focus();
}

export function start(self) {
  page = self;
  root = document.querySelector('[data-cal]');
  root.addEventListener('pointerdown', pointerDown);
  root.addEventListener('dragstart', event => event.preventDefault());
  root.addEventListener('keydown', keyDown);
  addEventListener('pointermove', pointerMoved);
  addEventListener('pointerup', pointerUp);
  addEventListener('pointercancel', stopDrag);
}

export function stop() {
  stopDrag();
  removeEventListener('pointermove', pointerMoved);
  removeEventListener('pointerup', pointerUp);
  removeEventListener('pointercancel', stopDrag);
  page = null;
}

export function focusEntry(key) {
  [...document.querySelectorAll(`[data-entry="${CSS.escape(key)}"]`)].find(shown)?.focus();
}
