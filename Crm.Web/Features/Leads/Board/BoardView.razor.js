// Hands on the board: dragging by mouse, long press and swipe by finger, keys, and cards that glide back when a move is refused.
// The board is heard as a whole; cards have no listeners of their own. data-menu names the board's menu "Move to…".
let board = null;
let view = null;
let dragged = null;
let seen = null;
let watcher = null;
const places = new Map();

const cardOf = node => node?.closest?.('[data-card]');
const laneOf = node => node?.closest?.('[data-lane]');
const byId = id => board?.querySelector(`[data-card="${CSS.escape(id)}"]`);
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const narrow = () => matchMedia('(max-width: 899px)').matches;

// ---- dragging ----
function dragStarted(event) {
  const card = cardOf(event.target);
  if (!card) return;
  dragged = card;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', card.dataset.card);
  const picture = tilted(card);
  const box = card.getBoundingClientRect();
  event.dataTransfer.setDragImage(picture, event.clientX - box.left + 20, event.clientY - box.top + 20);
  // the picture must be in the document while it is taken, and the card itself must still look like one
  setTimeout(() => {
    picture.remove();
    if (dragged === card) card.classList.add('lifted');
  });
}

function tilted(card) {
  const frame = document.createElement('div');
  frame.className = 'drag-picture';
  frame.style.width = `${card.offsetWidth + 40}px`;
  const copy = card.cloneNode(true);
  copy.classList.add('dragging');
  copy.removeAttribute('data-card');
  copy.style.width = `${card.offsetWidth}px`;
  frame.append(copy);
  board.append(frame);
  return frame;
}

function draggedOver(event) {
  const lane = dragged && laneOf(event.target);
  if (!lane || refuses(lane)) {
    clearMarks(null, null);
    lane?.classList.add('refused');
    lane?.querySelector('.refusal').removeAttribute('hidden');
    return;
  }
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
  mark(lane, below(lane, event.clientY));
}

/** A lane says itself that it takes no card from elsewhere, and why: the browser then shows that nothing can be dropped. */
const refuses = lane => 'refuses' in lane.dataset && laneOf(dragged) !== lane;

/** The last card of the lane above the pointer, the dragged one left out; null on top. */
function below(lane, y) {
  let last = null;
  for (const card of lane.querySelectorAll('[data-card]')) {
    if (card === dragged) continue;
    const box = card.getBoundingClientRect();
    const gap = card.classList.contains('gap-above') ? parseFloat(getComputedStyle(card).marginTop) : 0;
    if (y < box.top - gap + (box.height + gap) / 2) break;
    last = card;
  }
  return last;
}

function mark(lane, above) {
  clearMarks(lane, above);
  lane.classList.add('drop');
  if (laneOf(dragged) !== lane) {
    const plus = lane.querySelector('.plus');
    plus.textContent = `+ ${dragged.dataset.value}`;
  }
  const cards = [...lane.querySelectorAll('[data-card]')].filter(card => card !== dragged);
  const next = above ? cards[cards.indexOf(above) + 1] : cards[0];
  if (next) next.classList.add('gap-above');
  else lane.querySelector('.cards').classList.add('gap-end');
}

function clearMarks(lane, above) {
  for (const other of board.querySelectorAll('.drop')) if (other !== lane) other.classList.remove('drop');
  for (const plus of board.querySelectorAll('.plus')) if (laneOf(plus) !== lane) plus.textContent = '';
  for (const refused of board.querySelectorAll('.refused')) {
    refused.classList.remove('refused');
    refused.querySelector('.refusal').hidden = true;
  }
  for (const gap of board.querySelectorAll('.gap-above, .gap-end')) gap.classList.remove('gap-above', 'gap-end');
}

function dropped(event) {
  const lane = dragged && laneOf(event.target);
  if (!lane || refuses(lane)) return;
  event.preventDefault();
  const above = below(lane, event.clientY);
  const [id, column] = [dragged.dataset.card, lane.dataset.lane];
  dragEnded();
  view.invokeMethodAsync('DropAsync', id, column, above?.dataset.card ?? null);
}

function dragEnded() {
  clearMarks(null, null);
  dragged?.classList.remove('lifted');
  dragged = null;
}

// ---- finger: a long press opens "Move to…", a swipe shows the next column ----
let press = null;
let touched = null;

function pointerDown(event) {
  const card = cardOf(event.target);
  // a finger's long press must not begin a browser's own drag
  if (card) card.draggable = event.pointerType === 'mouse';
  if (event.pointerType === 'mouse') return;
  touched = { x: event.clientX, y: event.clientY, held: null };
  if (!card) return;
  press = setTimeout(() => {
    if (!touched) return;
    touched.held = card;
    card.classList.add('held');
    navigator.vibrate?.(10);
  }, 450);
}

function pointerMoved(event) {
  if (touched && Math.hypot(event.clientX - touched.x, event.clientY - touched.y) > 10) clearTimeout(press);
}

function pointerUp(event) {
  clearTimeout(press);
  if (!touched) return;
  const [dx, dy] = [event.clientX - touched.x, event.clientY - touched.y];
  if (event.type === 'pointerup' && !touched.held && narrow() && Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) view.invokeMethodAsync('SwipeAsync', dx < 0 ? 1 : -1);
  const { held } = touched;
  touched = null;
  if (!held) return;
  // a menu that opened under the finger would be shut by lifting it; the click that may follow is not meant for the card
  held.classList.remove('held');
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, true), 300);
  view.invokeMethodAsync('ChooseAsync', held.dataset.card);
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function contextMenu(event) {
  if (touched && cardOf(event.target)) event.preventDefault();
}

// ---- keys and the menu's button ----
// A moved card is drawn anew and the focus comes back a moment later: keys pressed meanwhile mean the same card.
let nudged = null;

function keyDown(event) {
  const lost = event.target === document.body && nudged && Date.now() - nudged.at < 2000;
  const card = lost ? byId(nudged.id) : cardOf(event.target);
  if (!card || event.altKey || event.metaKey || document.querySelector('dialog[open], .drawer')) return;
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const step = event.ctrlKey ? arrows[event.key] : { '[': [-1, 0], ']': [1, 0] }[event.key];
  if (step) {
    event.preventDefault();
    nudged = { id: card.dataset.card, at: Date.now() };
    view.invokeMethodAsync('NudgeAsync', nudged.id, ...step);
  } else if (!event.ctrlKey && !event.shiftKey && arrows[event.key]) {
    const next = neighbour(card, ...arrows[event.key]);
    if (!next) return;
    event.preventDefault();
    link(next).focus();
  }
}

function neighbour(card, columns, rows) {
  const here = [...laneOf(card).querySelectorAll('[data-card]')];
  const index = here.indexOf(card);
  if (rows) return here[index + rows];
  const lanes = [...board.querySelectorAll('[data-lane]')];
  for (let at = lanes.indexOf(laneOf(card)) + columns; at >= 0 && at < lanes.length; at += columns) {
    const cards = [...lanes[at].querySelectorAll('[data-card]')];
    if (cards.length) return cards[Math.min(index, cards.length - 1)];
  }
}

function clicked(event) {
  const button = event.target.closest('[data-move]');
  if (button) view.invokeMethodAsync('ChooseAsync', cardOf(button).dataset.card);
}

const link = card => card.querySelector('a');

// ---- more cards when the end of a column comes near ----
function watchEnds() {
  for (const more of board.querySelectorAll('[data-more]')) seen.observe(more);
}

export function start(self) {
  view = self;
  board = document.querySelector('[data-board]');
  seen = new IntersectionObserver(ends => ends.forEach(end => {
    if (!end.isIntersecting) return;
    seen.unobserve(end.target);
    end.target.click();
  }), { rootMargin: '200px' });
  // a button that stays after its click is watched again: the next cards push it down first
  watcher = new MutationObserver(watchEnds);
  watcher.observe(board, { childList: true, subtree: true });
  watchEnds();
  const heard = { dragstart: dragStarted, dragenter: draggedOver, dragover: draggedOver, drop: dropped, dragend: dragEnded, pointerdown: pointerDown, pointermove: pointerMoved,
    pointerup: pointerUp, pointercancel: pointerUp, contextmenu: contextMenu, click: clicked };
  for (const [name, handler] of Object.entries(heard)) board.addEventListener(name, handler);
  document.addEventListener('keydown', keyDown);
}

export function stop() {
  seen?.disconnect();
  watcher?.disconnect();
  document.removeEventListener('keydown', keyDown);
  board = view = null;
}

export function openMenu(id) {
  const menu = document.getElementById(board.dataset.menu);
  const opener = byId(id)?.querySelector('[data-move]');
  menu.showPopover();
  const on = menu.querySelector('button');
  menu.style.left = menu.style.top = '';
  if (!narrow() && opener) {
    const box = opener.getBoundingClientRect();
    menu.style.left = `${Math.max(12, Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 12))}px`;
    menu.style.top = `${Math.min(box.bottom + 4, innerHeight - menu.offsetHeight - 12)}px`;
  }
  on.focus();
}

export function focusCard(id) {
  const card = byId(id);
  if (!card) return;
  link(card).focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest', behavior: still() ? 'auto' : 'smooth' });
}

/** Notes where a card is now … */
export function remember(id) {
  const card = byId(id);
  if (card) places.set(id, card.getBoundingClientRect());
}

/** … and lets it glide from there to where it was drawn since. */
export function glide(id) {
  const [card, from] = [byId(id), places.get(id)];
  places.delete(id);
  if (!card || !from || still()) return;
  const to = card.getBoundingClientRect();
  card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)`, zIndex: 5 }, { transform: 'none', zIndex: 5 }], { duration: 240, easing: 'ease-out' });
}
