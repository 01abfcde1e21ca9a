// @ts-check
import { all, fetchPage, one, say, word } from './dom.client.js'
import { currentEntry, itemOf } from './entries.client.js'
import { openPanel } from './panel.client.js'
import { send } from './send.client.js'
import { showToastOf } from './toast.client.js'

/**
 * Presses a button of the current appointment. What the block does not show is on the appointment's own page.
 *
 * @param {string} key
 */
export async function pressStatus(key) {
  const link = currentEntry()
  if (!link) return
  const here = buttonIn(itemOf(link), key)
  if (here?.form) return send(here.form, here)
  const address = addressOf(link)
  if (!address) return
  const { page } = await fetchPage(address)
  const there = buttonIn(page, key)
  if (there?.form) return send(there.form, there)
  say(word('notNow'))
  showToastOf(word('notNow'))
}

/**
 * @param {ParentNode} within
 * @param {string} key
 */
function buttonIn(within, key) {
  const found = one(`:is(button, form)[data-key="${key}"]`, within)
  const button = found instanceof HTMLFormElement ? one('button', found) : found
  return /** @type {HTMLButtonElement | null} */ (button)
}

/** The page of the appointment behind an entry; empty for a free minute. @param {HTMLElement} link */
function addressOf(link) {
  const address = link.getAttribute('href') ?? ''
  return address.startsWith('/desk/appointments/') ? address : ''
}

/** Takes back the last change of this screen, or else that of the current appointment. */
export function undo() {
  const [last] = all('.toast form')
  if (last instanceof HTMLFormElement) return send(last)
  return pressStatus('z')
}

/**
 * Opens a part of the current appointment's page, at its first field. Nothing is done yet.
 *
 * @param {string} what the end of the form's address, or the id of the part
 */
export function openPart(what) {
  const address = addressHere()
  if (!address) return
  openPanel(address, (shown) => {
    // A patient who was sent nothing yet has no form there, only links to write to them.
    const part = one(`form[action$="/${what}"], #${what}`, shown)
    const fold = part?.closest('details')
    if (fold) fold.open = true
    const field = part && one('select, textarea, input:not([type=hidden]), button, a', part)
    ;(field ?? (fold ? one('summary', fold) : one('h1', shown)))?.focus()
  })
}

export function openPatientCard() {
  const address = addressHere()
  if (!address) return
  openPanel(address, (shown) => {
    const card = one('#patient, aside', shown) ?? shown
    card.tabIndex = -1
    card.focus()
    card.scrollIntoView({ block: 'start' })
  })
}

export function addressHere() {
  const link = currentEntry()
  return link ? addressOf(link).split('?')[0] : ''
}

export function printLabel() {
  const address = addressHere()
  if (address) window.open(`${address}/label`, '_blank', 'noopener')
}
