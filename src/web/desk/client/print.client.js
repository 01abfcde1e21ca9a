// @ts-check

// Browsers print without a script, too; the button is nearer. The style sheet shows it only where scripts run.

export function startPrinting() {
  document.addEventListener('click', ({ target }) => {
    if (/** @type {Element} */ (target).closest?.('[data-print]')) print()
  })
}
