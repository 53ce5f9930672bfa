// Menus under their buttons, or above where there is no room below, as long as no browser-wide anchor positioning can be counted on.
export function startMenus() {
  document.addEventListener('toggle', event => {
    const menu = event.target;
    if (event.newState !== 'open' || !menu.matches?.('.menu.under')) return;
    const opener = [...document.querySelectorAll(`[popovertarget="${menu.id}"]`)].find(each => !menu.contains(each) && each.checkVisibility());
    if (!opener) return;
    const box = opener.getBoundingClientRect();
    const below = box.bottom + 6;
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 12))}px`;
    menu.style.top = `${below + menu.offsetHeight > innerHeight - 8 ? Math.max(8, box.top - 6 - menu.offsetHeight) : below}px`;
  }, true);
}
