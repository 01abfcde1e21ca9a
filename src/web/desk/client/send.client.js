// @ts-check
import { all, fetchPage, one, pathOf, say, withoutFragment, word } from './dom.client.js'
import { closePanel, isForPanel, showInPanel } from './panel.client.js'
import { arrive, here, isOurPage, refresh, takeOver } from './refresh.client.js'
import { showToastOf } from './toast.client.js'

// Forms are sent without leaving the page. The server answers with the page to show next: the day, or why not.

/** Of presses whose answer has not arrived. @type {WeakMap<HTMLElement, string>} */
const keys = new WeakMap()

/** @param {SubmitEvent} event */
function submit(event) {
  const form = /** @type {HTMLFormElement} */ (event.target)
  const submitter = /** @type {HTMLElement | null} */ (event.submitter)
  const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href
  const isPost = (submitter?.getAttribute('formmethod') ?? form.method) === 'post'
  if (event.defaultPrevented || !isPost || !one('#day, #panel[open]') || !action.startsWith('/desk')) return
  event.preventDefault()
  send(form, submitter)
}

/**
 * Sends a form once, however often its button is pressed.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 */
export async function send(form, submitter = null) {
  // Of a form that many buttons share, one is pressed, and the others may be meanwhile.
  const pressed = submitter?.hasAttribute('form') ? submitter : form
  if (pressed.dataset.sent) return
  pressed.dataset.sent = 'true'
  const buttons = pressed === form ? all('button', form) : [pressed]
  for (const button of buttons) button.setAttribute('aria-disabled', 'true')
  const body = new URLSearchParams(/** @type {string[][]} */ ([...new FormData(form, submitter)]))
  const address = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href
  // The same press again after a lost answer is the same request; another press is another one.
  const key = keys.get(pressed) ?? crypto.randomUUID()
  keys.set(pressed, key)
  if (body.has('form_key')) body.set('form_key', key)
  try {
    await post(address, body)
    keys.delete(pressed)
    form.closest('.toast')?.remove()
    form.closest('details.menu')?.removeAttribute('open')
  } catch {
    // Nothing was lost: the same press again is the same request.
    say(word('notSent'))
    showToastOf(word('notSent'))
  }
  delete pressed.dataset.sent
  for (const button of buttons) button.removeAttribute('aria-disabled')
  document.dispatchEvent(new Event('answered'))
}

/**
 * Posts, and shows the answer.
 *
 * @param {string} address
 * @param {URLSearchParams} body
 */
async function post(address, body) {
  const { answer, page } = await fetchPage(address, { method: 'POST', body })
  show(page, answer)
  return answer
}

/**
 * @param {Document} page
 * @param {Response} answer
 */
function show(page, answer) {
  if (!isOurPage(page)) return location.assign(answer.url)
  if (!answer.ok && one('.in-move') && one('.in-move', page)) return showRefused(page, answer)
  if (answer.ok && withoutFragment(answer.url) === here) {
    closePanel()
    takeOver(page, answer)
  } else if (isForPanel(answer.url) || !answer.ok) {
    // A refusal comes from the address that was posted to; its page has what to do next.
    showInPanel(page, answer.ok ? answer.url : pageOfRefusal(answer.url))
    refresh()
  } else {
    closePanel()
    arrive(page, answer)
  }
}

/**
 * On the page that moves, with all its places as they are now.
 *
 * @param {Document} page
 * @param {Response} answer
 */
function showRefused(page, answer) {
  one('#refused')?.remove()
  takeOver(page, answer)
  const refused = one('#refused, #changed')
  // The next fresh copy of the page does not know of it. How it is now must not stay, as it may change again.
  if (refused?.id === 'refused') refused.dataset.ours = 'refusal'
  say(refused ? (one('h2', refused)?.textContent ?? '') : '')
  refused?.focus()
}

/** The page of an appointment shows what was refused about it. @param {string} address */
function pageOfRefusal(address) {
  const [appointment] = /^\/desk\/appointments\/\d+/.exec(pathOf(address)) ?? []
  return appointment ?? pathOf(address)
}

export function startSending() {
  document.addEventListener('submit', submit)
  document.addEventListener('click', ({ target }) => {
    if (/** @type {Element} */ (target).closest?.('[data-print]')) print()
  })
}
