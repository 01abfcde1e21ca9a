// @ts-check
import { all, one } from './dom.client.js'

// The day is one stop for Tab. Within it, arrow keys lead from entry to entry: appointments, free minutes and blocks.

const inGrid = '.appt > .name[href], .free > a, .block > a, .to > button'
const inList = '.rows h3 > a, .rows .open a'

/** Where Tab leads to. */
let current = /** @type {HTMLElement | null} */ (null)
/** The row that ← and → keep to, as long as nothing else is pressed. */
let keptRow = /** @type {number | null} */ (null)

/** Only while focus is in the day or the list do letters work. */
export const dayHasFocus = () => Boolean(document.activeElement?.closest('#day'))

/** The entry that has the focus, or had it last. */
export function currentEntry() {
  const focused = document.activeElement?.closest('#day li')
  const link = focused && one(`${inGrid}, h3 > a`, focused)
  return link ?? (current?.isConnected ? current : null)
}

/** @param {HTMLElement} link */
export const itemOf = (link) => /** @type {HTMLElement} */ (link.closest('li'))

/** Columns of entries in the order of time; the list is one column. */
export function columns() {
  const grids = all('#day .col')
  if (grids.length > 0) return grids.map((column) => all(inGrid, column))
  return [all(`#day :is(${inList})`).filter((link) => link.checkVisibility())]
}

export const entries = () => columns().flat()

/**
 * Leaves only the current entry to Tab, before the page is shown.
 *
 * @param {Document} page
 */
export function leaveToArrows(page) {
  const day = page.getElementById('day')
  if (!day || !one('.track, .rows', day)) return
  day.tabIndex = -1
  for (const stop of all(':is(.col, .rows) :is(a, button)', day)) stop.tabIndex = -1
}

/** Lets Tab lead to the entry it led to before, or else to the first one that is not over. */
export function letTabIn() {
  const known = entries()
  if (known.length === 0) return
  const stillThere = current && known.includes(current)
  setCurrent(stillThere && current ? current : (nextFromNow(known) ?? known[0] ?? null))
}

/** @param {HTMLElement | null} link */
function setCurrent(link) {
  if (current !== link && current) current.tabIndex = -1
  current = link
  if (link) link.tabIndex = 0
}

/**
 * @param {HTMLElement | null | undefined} link
 * @param {boolean} [isSideways]
 */
export function focusEntry(link, isSideways = false) {
  if (!link) return
  setCurrent(link)
  if (!isSideways) keptRow = null
  link.focus({ preventScroll: true })
  itemOf(link).scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

addEventListener('focusin', ({ target }) => {
  const link = /** @type {Element} */ (target).closest?.(`#day :is(${inGrid}, ${inList})`)
  if (link instanceof HTMLElement) setCurrent(link)
})

/**
 * The rows that an entry covers. A row is five minutes.
 *
 * @param {HTMLElement} link
 */
export function rowsOf(link) {
  const name = itemOf(link).className
  const from = Number(/\br(\d+)\b/.exec(name)?.[1] ?? 0)
  return { from, to: from + Number(/\bn(\d+)\b/.exec(name)?.[1] ?? 1) }
}

/** @param {HTMLElement[]} links */
function nextFromNow(links) {
  const now = nowRow()
  return now === null ? undefined : links.find((link) => rowsOf(link).to > now)
}

/** The row of the now line; null on other days. */
export function nowRow() {
  const row = /\br(\d+)\b/.exec(one('#day .now')?.className ?? '')
  return row ? Number(row[1]) : null
}

/**
 * The entry at that row of a column, or else the nearest one.
 *
 * @param {HTMLElement[]} column
 * @param {number} row
 */
export function entryAt(column, row) {
  const distance = (/** @type {HTMLElement} */ link) => {
    const { from, to } = rowsOf(link)
    return row < from ? from - row : row >= to ? row - to + 1 : 0
  }
  return column.toSorted((one, other) => distance(one) - distance(other))[0]
}

/** @param {number} step */
export function moveWithin(step) {
  const link = currentEntry()
  const column = columns().find((links) => link && links.includes(link))
  if (!link || !column) return focusEntry(entries()[0])
  focusEntry(column[column.indexOf(link) + step])
}

/** @param {number} step */
export function moveAcross(step) {
  const link = currentEntry()
  const all = columns()
  const at = all.findIndex((links) => link && links.includes(link))
  if (!link || at < 0) return focusEntry(entries()[0])
  if (all.length === 1) return moveWithin(step)
  keptRow ??= rowsOf(link).from
  let next = at + step
  // A doctor who is off has no entry.
  while (all[next]?.length === 0) next += step
  const there = all[next]
  if (there) focusEntry(entryAt(there, keptRow), true)
}

/** @param {boolean} toEnd */
export function moveToEdge(toEnd) {
  const link = currentEntry()
  const column = columns().find((links) => link && links.includes(link)) ?? entries()
  focusEntry(column.at(toEnd ? -1 : 0))
}

/** @param {boolean} toLast */
export function moveToOuterColumn(toLast) {
  const filled = columns().filter((links) => links.length > 0)
  const column = filled.at(toLast ? -1 : 0) ?? []
  const link = currentEntry()
  focusEntry(entryAt(column, link ? rowsOf(link).from : 0) ?? column[0])
}
