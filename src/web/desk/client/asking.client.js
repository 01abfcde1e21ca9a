// @ts-check
import { all, copiesOf, fetchPage, one, say, word } from './dom.client.js'
import { itemOf } from './entries.client.js'
import { arrive, isOurPage, refresh } from './refresh.client.js'
import { showToastOf } from './toast.client.js'

// The server decides whether an appointment moves. Until then it stays where it is, and a dotted block stands where it may go.

/**
 * @typedef {object} Target
 * @property {string} doctor
 * @property {string} start local, to the minute
 * @property {number} row
 * @property {HTMLElement} track
 */

/**
 * @param {HTMLElement} item the appointment
 * @param {Target} to
 */
export async function askToMove(item, to) {
  const asking = showAsking(item, to)
  const fields = {
    doctor_id: to.doctor,
    start_at: to.start,
    version: item.dataset.version ?? '',
    form_key: crypto.randomUUID(),
    return_to: location.pathname + location.search,
  }
  await postMove(`/desk/appointments/${item.dataset.id}/move`, new URLSearchParams(fields))
  asking.remove()
}

/**
 * @param {string} address
 * @param {URLSearchParams} body
 */
async function postMove(address, body) {
  try {
    const { answer, page } = await fetchPage(address, { method: 'POST', body })
    if (answer.ok && isOurPage(page)) return arrive(page, answer)
    const refused = one('#refused, #changed', page)
    if (refused) showRefusal(page, refused)
    refresh()
  } catch {
    say(word('notSent'))
    showToastOf(word('notSent'))
  }
}

/**
 * Until when the time is taken, and the nearest free ones as buttons.
 *
 * @param {Document} page
 * @param {HTMLElement} refused
 */
function showRefusal(page, refused) {
  closeRefusal()
  const box = document.importNode(refused, true)
  box.id = 'move-refused'
  box.dataset.ours = 'refusal'
  box.tabIndex = -1
  // The same forms, without the page that they stood on.
  for (const form of /** @type {HTMLFormElement[]} */ (all('form', page))) {
    if (!form.id || !one(`[form="${form.id}"]`, box)) continue
    const own = document.createElement('form')
    Object.assign(own, {
      id: form.id,
      method: 'post',
      action: form.getAttribute('action') ?? '',
      hidden: true,
    })
    for (const [name, value] of new FormData(form)) own.append(hiddenField(name, String(value)))
    box.append(own)
  }
  box.addEventListener('submit', (event) => {
    event.preventDefault()
    const asked = /** @type {HTMLFormElement} */ (event.target)
    const fields = /** @type {string[][]} */ ([...new FormData(asked, event.submitter)])
    closeRefusal()
    postMove(asked.action, new URLSearchParams(fields))
  })
  one('main')?.prepend(box)
  say(one('h2', box)?.textContent ?? '')
  const first = one('button', box) ?? box
  first.focus()
}

/**
 * @param {string} name
 * @param {string} value
 */
function hiddenField(name, value) {
  return Object.assign(document.createElement('input'), { type: 'hidden', name, value })
}

/** Whether there was one. */
export function closeRefusal() {
  const box = document.getElementById('move-refused')
  box?.remove()
  return box !== null
}

/**
 * @param {HTMLElement} item
 * @param {Target} to
 */
function showAsking(item, { row, start, track }) {
  const length = /\bn(\d+)\b/.exec(item.className)?.[1] ?? '3'
  const block = document.createElement('li')
  block.className = `appt ask r${row} n${length}`
  block.dataset.ours = 'asking'
  block.append(
    part('name', ...copiesOf(one('.name', item))),
    part('st', part('spin'), word('asking')),
    part('ty', word('notMoved', clockSpan(start, Number(length)))),
  )
  track.append(block)
  return block
}

/**
 * @param {string} name
 * @param {(Node | string)[]} inside
 */
function part(name, ...inside) {
  const span = document.createElement('span')
  span.className = name
  span.append(...inside)
  return span
}

/**
 * `11:30–12:00`, as the page writes times.
 *
 * @param {string} start
 * @param {number} rows of five minutes
 */
export function clockSpan(start, rows) {
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  const from = Date.parse(`${start}Z`)
  return `${clock.format(from)}–${clock.format(from + rows * 300_000)}`
}

/** On the page that moves an appointment, its places are buttons. */
export function startAsking() {
  document.addEventListener('submit', ({ submitter }) => {
    if (submitter?.closest('.to')) showChosen(submitter)
  })
  document.addEventListener('answered', () => {
    for (const block of all('[data-ours=asking]')) block.remove()
  })
}

/** @param {HTMLElement} button */
function showChosen(button) {
  const item = one('#day .from')
  const { start } = button.dataset
  const track = button.closest('.track')
  const row = /\br(\d+)\b/.exec(itemOf(button).className)?.[1]
  if (item && start && row && track instanceof HTMLElement)
    showAsking(item, { row: Number(row), start, track, doctor: '' })
}
