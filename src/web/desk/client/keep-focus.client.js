// @ts-check
import { all, one } from './dom.client.js'
import { columns, currentEntry, entries, focusEntry, itemOf, letTabIn, rowsOf } from './entries.client.js'

/** Remembers where the focus is in the day, and answers how to bring it back after the day has changed. */
export function rememberFocus() {
  const link = currentEntry()
  const had = document.activeElement?.closest('#day')
  const place = link && placeOf(link)
  return () => {
    letTabIn()
    if (!had || !place) return
    const { activeElement: now } = document
    if (now && now !== document.body && now.isConnected) return
    focusEntry(findAgain(place))
  }
}

/** @param {HTMLElement} link */
function placeOf(link) {
  const item = itemOf(link)
  const { doctor, start } = { ...item.dataset, ...link.dataset }
  const column = columns().findIndex((links) => links.includes(link))
  return { id: item.dataset.id, doctor, start, column, row: rowsOf(link).from }
}

/** @typedef {ReturnType<typeof placeOf>} Place */

/**
 * The same appointment, wherever it is now, or else the next entry of its column.
 *
 * @param {Place} place
 */
function findAgain({ id, start, doctor, column, row }) {
  const same = id && one(`#day li[data-id="${CSS.escape(id)}"] :is(.name, h3 > a)`)
  if (same) return same
  const minute =
    start &&
    all('#day a[data-start]').find(({ dataset }) => dataset.start === start && dataset.doctor === doctor)
  if (minute) return minute
  const links = columns()[column] ?? entries()
  return links.find((link) => rowsOf(link).from >= row) ?? links.at(-1)
}
