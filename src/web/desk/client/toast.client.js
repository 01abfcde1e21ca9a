// @ts-check
import { all, one } from './dom.client.js'

// What was just done, with its undo. It stays until its time is over or it is closed, whatever happens on the page meanwhile.

/** Which the reader has closed: a fresh page may still have them. @type {Set<string>} */
const closedToasts = new Set()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastEnding

/**
 * Takes the toast out of a page that was loaded, and shows it.
 *
 * @param {Document} page
 */
export function showToastIn(page) {
  const [fresh] = all('.toast', page)
  fresh?.remove()
  const shown = one('.toast')
  const about = fresh?.dataset.for ?? ''
  if (!fresh) {
    // Of an undo, the page knows that it is over.
    if (shown?.dataset.for) shown.remove()
    return
  }
  if (closedToasts.has(about) || (about && shown?.dataset.for === about)) return
  placeToast(document.importNode(fresh, true))
}

/** @param {string} text */
export function showToastOf(text) {
  const toast = document.createElement('div')
  toast.className = 'toast'
  toast.append(Object.assign(document.createElement('span'), { textContent: text }))
  placeToast(toast)
}

/** @param {HTMLElement} toast */
function placeToast(toast) {
  for (const old of all('.toast')) old.remove()
  toast.dataset.ours = 'toast'
  for (const button of all('.close', toast)) button.hidden = false
  document.body.append(toast)
  clearTimeout(toastEnding)
  const { seconds } = toast.dataset
  if (seconds) toastEnding = setTimeout(() => toast.remove(), Number(seconds) * 1_000)
}

/** @param {MouseEvent} event */
function closeToast({ target }) {
  const toast = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (target).closest?.('.toast .close')?.closest('.toast') ?? null
  )
  if (!toast) return
  if (toast.dataset.for) closedToasts.add(toast.dataset.for)
  toast.remove()
}

export function startToasts() {
  document.addEventListener('click', closeToast)
  showToastIn(document)
}
