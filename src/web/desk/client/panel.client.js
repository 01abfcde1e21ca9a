// @ts-check
import { all, fetchPage, one, pathOf, say, withoutFragment } from './dom.client.js'
import { focusEntry } from './entries.client.js'
import { morph } from './morph.client.js'
import { here, onRefresh, refresh, visit } from './refresh.client.js'

// Appointments, bookings and the list of keys open beside the day: the same pages, loaded into a panel.

const ofThePanel = /^\/desk\/(appointments\/\d+|book|keys|walk-ins\/new|blocks\/(new|\d+))$/

/** Whether the panel shows pages of this address. */
export const isForPanel = (/** @type {string} */ address) => ofThePanel.test(pathOf(address))

const panel = () => /** @type {HTMLDialogElement | null} */ (document.getElementById('panel'))
export const isPanelOpen = () => panel()?.open ?? false

/** What had the focus before, and gets it back. */
let before = /** @type {HTMLElement | null} */ (null)

/**
 * Opens one of our pages beside the day.
 *
 * @param {string} address
 * @param {(shown: HTMLElement) => void} [then]
 */
export async function openPanel(address, then) {
  try {
    const { answer, page } = await fetchPage(address)
    if (!answer.ok || !isForPanel(answer.url)) throw answer
    showInPanel(page, answer.url, then)
  } catch {
    location.assign(address)
  }
}

/**
 * @param {Document} page
 * @param {string} address
 * @param {(shown: HTMLElement) => void} [then]
 */
export function showInPanel(page, address, then) {
  const dialog = panel()
  const main = one('main', page)
  const place = dialog && one('.inside', dialog)
  if (!dialog || !place || !main) return location.assign(address)
  if (!dialog.open) before = /** @type {HTMLElement | null} */ (document.activeElement)
  place.className = `inside ${main.className}`
  place.replaceChildren(...[...main.childNodes].map((node) => document.importNode(node, true)))
  place.dataset.address = address
  bringScripts(page)
  dialog.setAttribute('aria-label', one('h1', place)?.textContent ?? '')
  if (!dialog.open) dialog.show()
  dialog.scrollTop = 0
  remember(address)
  const told = one('#refused, #changed, [role=alert]', place)
  if (told) say(one('h2', told)?.textContent ?? '')
  if (then) then(place)
  else (told ?? one('[autofocus]', place) ?? headingIn(place))?.focus()
}

/** @param {HTMLElement} place */
function headingIn(place) {
  const heading = one('h1', place)
  if (heading) heading.tabIndex = -1
  return heading
}

/** The address says what is open, so that it can be reloaded or sent to a colleague. @param {string} address */
function remember(address) {
  if (withoutFragment(location.href) === withoutFragment(address)) return
  const how = history.state?.desk === 'panel' ? 'replaceState' : 'pushState'
  history[how]({ desk: 'panel' }, '', address)
}

/** Pages may bring a script of their own. @param {Document} page */
function bringScripts(page) {
  for (const script of all('script[src]', page)) {
    const source = script.getAttribute('src') ?? ''
    if (one(`script[src="${source}"]`)) continue
    const fresh = document.createElement('script')
    fresh.type = 'module'
    fresh.src = source
    document.head.append(fresh)
  }
}

/** @param {boolean} [isBack] the browser has gone back already */
export function closePanel(isBack = false) {
  const dialog = panel()
  if (!dialog?.open) return
  dialog.close()
  one('.inside', dialog)?.replaceChildren()
  if (!isBack && history.state?.desk === 'panel') history.back()
  const entry = before?.isConnected ? before : null
  if (entry?.closest('#day')) focusEntry(entry)
  else entry?.focus()
  before = null
}

/** Brings the panel up to date when the day shows another version of its appointment. What is being typed there stays. */
async function refreshPanel() {
  const place = isPanelOpen() ? one('#panel .inside') : null
  const address = place?.dataset.address ?? ''
  const id = /\/appointments\/(\d+)$/.exec(pathOf(address))?.[1]
  const seen = place && /** @type {HTMLInputElement | null} */ (one('[name=version]', place))?.value
  const version = one(`#day li[data-id="${id}"]`)?.dataset.version
  if (!place || !seen || !version || seen === version) return
  const { answer, page } = await fetchPage(address)
  const main = one('main', page)
  if (!answer.ok || !main || place.dataset.address !== address) return
  const fresh = /** @type {HTMLElement} */ (place.cloneNode())
  fresh.append(...main.childNodes)
  morph(place, fresh)
}

export function startPanel() {
  if (!panel()) return
  onRefresh((isFresh) => isFresh && refreshPanel())
  history.replaceState({ desk: 'page', ...history.state }, '')
  addEventListener('popstate', ({ state }) => {
    if (state?.desk === 'panel') return openPanel(location.href)
    closePanel(true)
    if (withoutFragment(location.href) !== here) visit(location.href, true)
    else refresh()
  })
  one('#panel .close')?.addEventListener('click', () => closePanel())
  addEventListener('click', follow)
}

/** Links to pages of the panel open there; links to other views of the day change what is shown. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest?.('a')
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button)
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute('download')) return
  if (link.getAttribute('href')?.startsWith('#') || link.origin !== location.origin || !one('#day')) return
  if (isForPanel(link.href) && link.closest('main, .top, #panel')) {
    event.preventDefault()
    openPanel(link.href)
  } else if (link.closest('#panel') && withoutFragment(link.href) === here) {
    event.preventDefault()
    closePanel()
  } else if (isOtherView(link)) {
    event.preventDefault()
    closePanel()
    visit(link.href)
  }
}

/** @param {HTMLAnchorElement} link */
function isOtherView(link) {
  return link.pathname === '/desk' && link.pathname === pathOf(here) && !link.closest('.menu.start')
}
