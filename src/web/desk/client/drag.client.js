// @ts-check

import { askToMove, clockSpan } from './asking.client.js'
import { all, copiesOf, one } from './dom.client.js'
import { allowRefresh, holdRefresh } from './refresh.client.js'

// An appointment follows the pointer as a ghost. Everything is measured when the drag begins; while it lasts, only the ghost's
// transform changes, once a frame.

const threshold = 5
const edge = 48
const scrollStep = 12

/** @typedef {{ left: number, right: number, doctor: string, firstRowAt: number, track: HTMLElement, starts: Set<number> }} Column */

/**
 * @typedef {object} Drag
 * @property {HTMLElement} item
 * @property {HTMLElement} ghost
 * @property {HTMLElement} frame
 * @property {Column[]} columns
 * @property {{ top: number, bottom: number, left: number, right: number }} view of the frame
 * @property {number} top of the first row, scrolled to the start
 * @property {number} rowHeight
 * @property {number} rows
 * @property {{ x: number, y: number }} grip within the block
 * @property {{ x: number, y: number }} at where the pointer is
 * @property {{ left: number, top: number }} scroll
 * @property {number} drawing
 * @property {{ column: Column, row: number } | null} target
 */

/** @type {Drag | null} */
let drag = null
/** @type {{ item: HTMLElement, x: number, y: number, id: number } | null} */
let held = null

export function startDragging() {
  document.addEventListener('pointerdown', takeHold)
  document.addEventListener('pointermove', trackPointer)
  document.addEventListener('pointerup', letGo)
  document.addEventListener('pointercancel', stop)
  // Links are dragged by browsers themselves.
  document.addEventListener('dragstart', (event) => {
    if (/** @type {Element} */ (event.target).closest?.('.cal .appt')) event.preventDefault()
  })
  document.addEventListener('click', swallow, true)
}

export const isDragging = () => drag !== null

/** Fingers scroll; they move appointments by the button on the appointment's page. @param {PointerEvent} event */
function takeHold({ target, button, pointerType, clientX: x, clientY: y, pointerId: id }) {
  const element = /** @type {Element} */ (target)
  const item = element.closest?.('#day.cal .appt[data-id]')
  if (!(item instanceof HTMLElement) || button !== 0 || pointerType === 'touch' || element.closest('button'))
    return
  if (item.matches('.is-booked, .is-late, .is-arrived') && !one('.in-move')) held = { item, x, y, id }
}

/** @param {PointerEvent} event */
function trackPointer({ clientX: x, clientY: y }) {
  if (held && !drag && Math.hypot(x - held.x, y - held.y) > threshold) begin(held)
  if (!drag) return
  drag.at = { x, y }
  drag.drawing ||= requestAnimationFrame(draw)
}

/** @param {NonNullable<typeof held>} from */
function begin({ item, x, y }) {
  const frame = /** @type {HTMLElement} */ (item.closest('.cal'))
  const columns = all('.col', frame)
    .map(columnOf)
    .filter((column) => column !== null)
  const own = item.getBoundingClientRect()
  const track = /** @type {HTMLElement} */ (item.closest('.track'))
  const { top } = track.getBoundingClientRect()
  const rowHeight = Number.parseFloat(getComputedStyle(track).gridTemplateRows)
  const { left: viewLeft, right, bottom } = frame.getBoundingClientRect()
  const scroll = { left: frame.scrollLeft, top: frame.scrollTop }
  const head = one('.head', frame)?.offsetHeight ?? 0
  const view = { left: viewLeft, right, bottom, top: frame.getBoundingClientRect().top + head }
  const rows = Number(/\bn(\d+)\b/.exec(item.className)?.[1] ?? 3)
  drag = {
    ...{ item, frame, columns, rowHeight, rows, scroll, view },
    ...{ ghost: ghostOf(item, own), top: top + scroll.top, grip: { x: x - own.left, y: y - own.top } },
    ...{ at: { x, y }, drawing: 0, target: null },
  }
  holdRefresh()
}

/**
 * What dropping on a column means. A column without any time of day takes nothing.
 *
 * @param {HTMLElement} section
 */
function columnOf(section) {
  const track = one('.track', section)
  const anchor = one('li[data-start], [data-start]', section)
  const row = rowOf(anchor?.closest('li'))
  const { start, doctor } = anchor?.dataset ?? {}
  if (!track || !row || !start) return null
  const { left, right } = track.getBoundingClientRect()
  const frame = section.closest('.cal')
  const scrolled = frame?.scrollLeft ?? 0
  const firstRowAt = Date.parse(`${start}Z`) - (row - 1) * 300_000
  const starts = new Set(all('.free', track).map((item) => rowOf(item)))
  return { left: left + scrolled, right: right + scrolled, doctor: doctor ?? '', firstRowAt, track, starts }
}

/** @param {Element | null | undefined} item */
const rowOf = (item) => Number(/\br(\d+)\b/.exec(item?.className ?? '')?.[1] ?? 0)

/**
 * @param {HTMLElement} item
 * @param {DOMRect} own
 */
function ghostOf(item, own) {
  const ghost = document.createElement('div')
  ghost.className = 'appt ghost held'
  ghost.setAttribute('aria-hidden', 'true')
  const name = document.createElement('span')
  name.className = 'name'
  name.append(...copiesOf(one('.name', item)))
  const time = document.createElement('span')
  time.className = 'st num'
  ghost.append(name, time)
  ghost.style.inlineSize = `${own.width}px`
  ghost.style.blockSize = `${own.height}px`
  // The layer keeps the pointer from what is below: nothing there changes its look.
  const layer = document.createElement('div')
  layer.className = 'drag-layer'
  layer.append(ghost)
  document.body.append(layer)
  return ghost
}

/** Once a frame. It reads nothing from the page. */
function draw() {
  if (!drag) return
  drag.drawing = 0
  const { ghost, at, grip } = drag
  scrollAtEdge(drag)
  const target = targetOf(drag)
  const hasMoved = target?.row !== drag.target?.row || target?.column !== drag.target?.column
  drag.target = target
  const x = target ? target.column.left - drag.scroll.left : at.x - grip.x
  const y = target ? drag.top - drag.scroll.top + (target.row - 1) * drag.rowHeight : at.y - grip.y
  ghost.style.transform = `translate3d(${x}px, ${y}px, 0)`
  const time = /** @type {HTMLElement} */ (ghost.lastElementChild)
  if (hasMoved) time.textContent = target ? clockSpan(startOf(target), drag.rows) : ''
}

/** @param {Drag} drag */
function scrollAtEdge({ frame, at, view, scroll }) {
  const down = at.y > view.bottom - edge ? scrollStep : at.y < view.top + edge ? -scrollStep : 0
  const across = at.x > view.right - edge ? scrollStep : at.x < view.left + edge ? -scrollStep : 0
  if (!down && !across) return
  frame.scrollBy(across, down)
  Object.assign(scroll, { left: frame.scrollLeft, top: frame.scrollTop })
  if (drag) drag.drawing = requestAnimationFrame(draw)
}

/** Where it would go: to a free start that is near, or else to five minutes. @param {Drag} drag */
function targetOf({ columns, at, grip, scroll, top, rowHeight, view }) {
  const isInside = at.x >= view.left && at.x <= view.right && at.y >= view.top && at.y <= view.bottom
  const x = at.x + scroll.left
  const column = isInside && columns.find(({ left, right }) => x >= left && x < right)
  if (!column) return null
  const row = Math.max(1, Math.round((at.y - grip.y + scroll.top - top) / rowHeight) + 1)
  return { column, row: [row, row - 1, row + 1].find((near) => column.starts.has(near)) ?? row }
}

/** @param {NonNullable<Drag['target']>} target */
function startOf({ column, row }) {
  return new Date(column.firstRowAt + (row - 1) * 300_000).toISOString().slice(0, 16)
}

function letGo() {
  const done = drag
  stop()
  if (!done?.target) return
  const { column, row } = done.target
  const start = startOf(done.target)
  const isByRoom = new URL(location.href).searchParams.get('by') === 'rooms'
  const doctor = isByRoom || !column.doctor ? (done.item.dataset.doctor ?? '') : column.doctor
  if (start === done.item.dataset.start && doctor === done.item.dataset.doctor) return
  askToMove(done.item, { doctor, start, row, track: column.track })
}

/** Whether a drag has just ended: the click that follows opens nothing. */
let hasJustDragged = false

export function stop() {
  held = null
  if (!drag) return
  cancelAnimationFrame(drag.drawing)
  drag.ghost.parentElement?.remove()
  drag = null
  hasJustDragged = true
  setTimeout(() => {
    hasJustDragged = false
  })
  allowRefresh()
}

/** @param {MouseEvent} event */
function swallow(event) {
  if (!hasJustDragged) return
  event.preventDefault()
  event.stopPropagation()
}
