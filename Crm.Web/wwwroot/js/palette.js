// Ctrl+K, ? and the search button are heard from the first moment; the palette comes with its circuit and opens then.
let open = null;
let wish = null;
const patience = 10000;

const writing = target => target.closest?.('input, textarea, select, [contenteditable]');

function ask(event, keys) {
  if (!document.querySelector('[data-palette]')) return;
  if (event.type === 'keydown') event.preventDefault();
  if (open) open(keys);
  else wish = { keys, at: Date.now() };
}

/** The palette's script is there, or gone: how to open it, for finding or for the list of keys. */
export function palette(opener) {
  open = opener;
  if (open && wish && Date.now() - wish.at < patience) open(wish.keys);
  wish = null;
}

export function startPalette() {
  document.addEventListener('keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') ask(event, false);
    else if (event.key === '?' && plain && !writing(event.target) && !document.querySelector('dialog[open]')) ask(event, true);
  });
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-find]')) ask(event, false);
  }, true);
}
