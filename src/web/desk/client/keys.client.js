// @ts-check
import { closeRefusal } from './asking.client.js'
import { all, one } from './dom.client.js'
import { isDragging, stop } from './drag.client.js'
import {
  columns,
  currentEntry,
  dayHasFocus,
  entries,
  entryAt,
  focusEntry,
  itemOf,
  moveAcross,
  moveToEdge,
  moveToOuterColumn,
  moveWithin,
  nowRow,
  rowsOf,
} from './entries.client.js'
import { closePanel, isPanelOpen, openPanel } from './panel.client.js'
import { addressHere, openPart, openPatientCard, pressStatus, printLabel, undo } from './press.client.js'
import { visit } from './refresh.client.js'

/** Whether the page moves an appointment: its places are buttons. */
const isMoving = () => Boolean(one('.in-move, .moving'))

/** Work while focus is in the day, even with letters turned off. */
/** @type {Record<string, () => void>} */
const steps = {
  ArrowUp: () => moveWithin(-1),
  ArrowDown: () => moveWithin(1),
  ArrowLeft: () => moveAcross(document.dir === 'rtl' ? 1 : -1),
  ArrowRight: () => moveAcross(document.dir === 'rtl' ? -1 : 1),
  Home: () => moveToEdge(false),
  End: () => moveToEdge(true),
  'Ctrl+Home': () => moveToOuterColumn(false),
  'Ctrl+End': () => moveToOuterColumn(true),
}

/** Work while focus is in the day, unless they are turned off. */
/** @type {Record<string, () => unknown>} */
const letters = {
  n: () => (isMoving() ? go('n') : nextFree()),
  '.': toNow,
  t: () => go('t'),
  '[': () => go('['),
  ']': () => go(']'),
  g: () => one('#on')?.focus(),
  1: () => go('1'),
  3: () => go('3'),
  7: () => go('7'),
  v: () => go('v', '.tabs a[href*="view="]:not([aria-current])'),
  '/': () => go('/', '.tabs a[href="/patients"]'),
  '?': () => go('?', '.top a[href="/desk/keys"]'),
  a: () => pressStatus('a'),
  s: () => pressStatus('s'),
  d: () => pressStatus('d'),
  x: () => pressStatus('x'),
  z: undo,
  m: startMove,
  c: () => openPart('cancellation'),
  r: () => openPart('message'),
  p: openPatientCard,
  'Shift+p': printLabel,
  h: () => go('h'),
  w: () => go('w'),
  q: nextWaiting,
}

/**
 * Presses what the page has for a key.
 *
 * @param {string} key
 * @param {string} otherwise a selector
 */
function go(key, otherwise = '') {
  const found = one(`main [data-key="${key}"]:not(form)`) ?? (otherwise ? one(otherwise) : null)
  found?.click()
}

const areLettersOff = () => /(^|; )letters=off(;|$)/.test(document.cookie)

export function startKeys() {
  document.addEventListener('keydown', hearKey)
  document.addEventListener('dblclick', book)
}

/** @param {KeyboardEvent} event */
function hearKey(event) {
  const { key, target } = event
  if (event.isComposing || event.altKey || event.metaKey) return
  if (key === 'Escape') return closeOne(event)
  if (key === 'F6') return turn(event)
  if (!dayHasFocus() || isField(target)) return
  const name = nameOf(event)
  const step = steps[name] ?? (areLettersOff() ? undefined : letters[name])
  if (!step) return
  event.preventDefault()
  step()
}

/** @param {KeyboardEvent} event */
function nameOf(event) {
  const { key, ctrlKey, shiftKey } = event
  if (key.length > 1) return ctrlKey ? `Ctrl+${key}` : key
  if (ctrlKey && !event.getModifierState('AltGraph')) return ''
  const letter = key.toLowerCase()
  return shiftKey && /[a-z]/.test(letter) ? `Shift+${letter}` : letter
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof Element && target.matches('input, select, textarea, [contenteditable]')
}

/** Closes what is open, one thing at a time. @param {KeyboardEvent} event */
function closeOne(event) {
  const menu = document.activeElement?.closest('details.menu[open]')
  if (isDragging()) stop()
  else if (menu instanceof HTMLDetailsElement) {
    menu.open = false
    one('summary', menu)?.focus()
  } else if (closeRefusal()) focusEntry(currentEntry())
  else if (isPanelOpen()) closePanel()
  else if (isMoving()) go('Escape')
  else return
  event.preventDefault()
}

/** Waiting, day, walk-ins, notes, and around. @param {KeyboardEvent} event */
function turn(event) {
  const regions = all('#waiting, #day, #walk-ins, #notes')
  if (regions.length === 0) return
  event.preventDefault()
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const step = event.shiftKey ? -1 : 1
  const next = regions[(at + step + regions.length) % regions.length]
  if (next?.id === 'day') return focusEntry(currentEntry() ?? entries()[0])
  const first = next && one('a[href], button, summary, input', next)
  if (next && !first) next.tabIndex = -1
  ;(first ?? next)?.focus()
}

/** The next free minute of this doctor, or else of anyone, or else of another day. */
function nextFree() {
  const link = currentEntry()
  const isFree = (/** @type {HTMLElement} */ entry) => itemOf(entry).matches('.free, .open')
  const row = Math.max(link ? rowsOf(link).from + 1 : 0, nowRow() ?? 0)
  const own = columns().find((links) => link && links.includes(link)) ?? []
  const later = own.slice(link ? own.indexOf(link) + 1 : 0).find(isFree)
  if (later) return focusEntry(later)
  const anyone = entries().filter((entry) => isFree(entry) && rowsOf(entry).from >= row)
  const soonest = anyone.toSorted((one, other) => rowsOf(one).from - rowsOf(other).from)[0]
  if (soonest) focusEntry(soonest)
  else go('n')
}

function toNow() {
  const row = nowRow()
  if (row === null) return go('t')
  const link = currentEntry()
  const column = columns().find((links) => link && links.includes(link)) ?? entries()
  one('#now')?.scrollIntoView({ block: 'center' })
  focusEntry(entryAt(column, row))
}

/** The patient who has waited longest, in the day if they stand there. */
function nextWaiting() {
  const first = one('#waiting li a.name') ?? one('#day .is-arrived h3 a')
  const id = first?.closest('li')?.dataset.id
  const entry = id && one(`#day li[data-id="${id}"] :is(a.name, h3 > a)`)
  if (entry) focusEntry(entry)
  else first?.focus()
}

function startMove() {
  const address = addressHere()
  const back = encodeURIComponent(location.pathname + location.search)
  if (address) visit(`${address}/move?return_to=${back}`)
}

/** A double-click beside the link of a free minute books it as well. @param {MouseEvent} event */
function book({ target }) {
  const link = one(
    'a[href]',
    /** @type {Element} */ (target).closest?.('#day .free') ?? document.createElement('i'),
  )
  if (link) openPanel(link.getAttribute('href') ?? '')
}
