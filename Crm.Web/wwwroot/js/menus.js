// Menus stand under whatever opened them, as long as no browser-wide anchor positioning can be counted on; a phone's are sheets.
export function startMenus() {
  document.addEventListener('toggle', event => {
    const menu = event.target;
    if (event.newState !== 'open' || !menu.matches('.menu.under')) return;
    menu.style.left = menu.style.top = '';
    if (menu.matches('.sheet') && matchMedia('(max-width: 899px)').matches) return;
    const opener = [...document.querySelectorAll(`[popovertarget="${menu.id}"]`)].find(each => !menu.contains(each) && each.checkVisibility());
    if (!opener) return;
    const box = opener.getBoundingClientRect();
    menu.style.left = `${Math.max(12, Math.min(box.left, innerWidth - menu.offsetWidth - 12))}px`;
    menu.style.top = `${box.bottom + 6 + menu.offsetHeight > innerHeight ? Math.max(12, box.top - 6 - menu.offsetHeight) : box.bottom + 6}px`;
  }, true);
}
