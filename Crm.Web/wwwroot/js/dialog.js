// Native dialogs are opened from here because no attribute opens one as modal.
export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  dialog.onclick = event => {
    if (event.target === dialog && outside(dialog, event)) dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
  };
}

export function close(dialog) {
  if (dialog.open) dialog.close();
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
