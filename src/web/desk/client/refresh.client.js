// @ts-check
import { all, fetchPage, one, pathOf, withoutFragment } from './dom.client.js'
import { leaveToArrows } from './entries.client.js'
import { rememberFocus } from './keep-focus.client.js'
import { morph } from './morph.client.js'
import { showToastIn } from './toast.client.js'

// The page loads its own address again and takes over what has changed: one trip, at most once a second.

/** The address of the page under the panel. */
export let here = withoutFragment(location.href)
/** Milliseconds that the server's clock is ahead of ours. */
let ahead = 0
/** When what is shown was true, by the server's clock. */
export let shownAt = Date.now()

export const serverNow = () => Date.now() + ahead

const shortestPause = 1_000
let begunAt = Number.NEGATIVE_INFINITY
let isLoading = false
let isWanted = false
let isHeld = false
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting
/** @type {((isFresh: boolean) => unknown)[]} */
const listeners = []

/**
 * Hears of every attempt to load the page again, and whether it succeeded.
 *
 * @param {(isFresh: boolean) => unknown} listener
 */
export function onRefresh(listener) {
  listeners.push(listener)
}

/** While something is dragged, the page must not change under it. */
export function holdRefresh() {
  isHeld = true
}

export function allowRefresh() {
  isHeld = false
  if (isWanted) refresh()
}

/** Loads the page again, now or as soon as allowed. */
export function refresh() {
  isWanted = true
  if (isLoading || isHeld || document.hidden) return
  clearTimeout(waiting)
  const wait = begunAt + shortestPause - performance.now()
  if (wait > 0) waiting = setTimeout(refresh, wait)
  else load()
}

async function load() {
  isLoading = true
  isWanted = false
  begunAt = performance.now()
  const address = here
  let isFresh = false
  try {
    const { answer, page } = await fetchPage(address)
    if (isElsewhere(answer, address)) return location.reload()
    isFresh = answer.ok
    // The reader may have gone on meanwhile.
    if (isFresh && address === here) takeOver(page, answer)
  } catch {}
  isLoading = false
  for (const listener of listeners) listener(isFresh)
  if (isWanted) refresh()
}

/**
 * Signed out, or no longer allowed to see it: the browser shows what there is instead.
 *
 * @param {Response} answer
 * @param {string} address
 */
function isElsewhere({ status, url }, address) {
  return [401, 403, 404].includes(status) || (status < 400 && pathOf(url) !== pathOf(address))
}

/**
 * Shows a fresh copy of this page, or another page of the desk.
 *
 * @param {Document} page
 * @param {Response} answer
 */
export function takeOver(page, answer) {
  const sentAt = Date.parse(answer.headers.get('Date') ?? '')
  if (!Number.isNaN(sentAt)) ahead = sentAt - Date.now()
  shownAt = serverNow()
  if (isHeld) {
    isWanted = true
    return
  }
  const restore = rememberFocus()
  prepare(page)
  document.getElementById('day')?.removeAttribute('aria-busy')
  document.title = page.title
  document.body.className = page.body.className
  Object.assign(document.body.dataset, page.body.dataset)
  showToastIn(page)
  for (const part of ['.top .tabs', 'main']) {
    const [old, fresh] = [one(part), one(part, page)]
    if (old && fresh) morph(old, fresh)
  }
  restore()
}

/**
 * Makes a page, or a fresh copy of it, what it is with this script.
 *
 * @param {Document} page
 */
export function prepare(page) {
  leaveToArrows(page)
  for (const button of all('[data-print]', page)) button.hidden = false
}

/**
 * Goes to another page of the desk without reloading. If anything goes wrong, the browser goes there itself.
 *
 * @param {string} address
 * @param {boolean} [isBack]
 */
export async function visit(address, isBack = false) {
  const wanted = new URL(address, location.href)
  here = withoutFragment(wanted.href)
  document.getElementById('day')?.setAttribute('aria-busy', 'true')
  try {
    const { answer, page } = await fetchPage(here)
    if (!answer.ok || !isOurPage(page)) throw answer
    arrive(page, answer, isBack)
  } catch {
    location.assign(wanted.href)
  }
}

/**
 * Shows a page that was loaded, under its own address.
 *
 * @param {Document} page
 * @param {Response} answer
 * @param {boolean} [isBack]
 */
export function arrive(page, answer, isBack = false) {
  here = withoutFragment(answer.url)
  if (!isBack && here !== withoutFragment(location.href)) history.pushState({ desk: 'page' }, '', here)
  for (const refusal of all('main [data-ours=refusal]')) refusal.remove()
  takeOver(page, answer)
}

/**
 * A page of the desk, and of no other location: that one has another feed.
 *
 * @param {Document} page
 */
export function isOurPage(page) {
  const { location = document.body.dataset.location } = page.body.dataset
  return location === document.body.dataset.location && page.getElementById('desk-words') !== null
}
