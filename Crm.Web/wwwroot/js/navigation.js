// Enhanced navigation keeps the old scroll position and open menus; a new page starts at its top, with menus shut.
export function startNavigation() {
  let path = location.pathname;
  let back = false;
  addEventListener('popstate', () => { back = true; });
  Blazor.addEventListener('enhancedload', () => {
    document.querySelectorAll('[popover]:popover-open').forEach(menu => menu.hidePopover());
    const moved = location.pathname !== path;
    if (moved) holdHeading();
    if (moved && !back && !location.hash) scrollTo({ top: 0, behavior: 'instant' });
    if (!back || moved) back = false;
    path = location.pathname;
  });
  // the key / leads to the search field of the page, unless somebody is writing
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog[open]')) return;
    const field = [...document.querySelectorAll('[data-key="/"]')].find(each => each.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

// The focus was put on the new page's heading; a page that turns interactive is drawn anew and would drop it.
function holdHeading() {
  const drawn = new MutationObserver(() => {
    const heading = document.querySelector('h1');
    if (document.activeElement !== document.body || !heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
  const stop = () => drawn.disconnect();
  drawn.observe(document.body, { childList: true, subtree: true });
  setTimeout(stop, 5000);
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, stop, { once: true, capture: true });
}
