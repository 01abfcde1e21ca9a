// @ts-check
import { one, say, word } from './dom.client.js'
import { onRefresh, refresh, serverNow, shownAt } from './refresh.client.js'

// Hears over a WebSocket which days have changed, and loads the page again. Without the connection it looks by itself; if that
// fails too, it says so, and tries until it succeeds.

const pingEvery = 15_000
const patience = 5_000
const longestWait = 10_000
/** As long as a session lasts without a request. After that, nobody is there. */
const idleAfter = 12 * 3_600_000
const minute = 60_000

/** @type {WebSocket | null} */
let socket = null
let isConnected = false
let isLost = false
let tries = 0
let usedAt = Date.now()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextTry
/** @type {ReturnType<typeof setTimeout> | undefined} */
let noPong

const feed = () => document.body.dataset.feed
const isIdle = () => Date.now() - usedAt > idleAfter

export function startLive() {
  const address = feed()
  if (!address || !one('#day')) return
  onRefresh(noteRefresh)
  connect()
  setInterval(tick, 1_000)
  setInterval(ping, pingEvery)
  addEventListener('online', lookNow)
  addEventListener('offline', () => lose())
  addEventListener('pageshow', ({ persisted }) => persisted && lookNow())
  document.addEventListener('visibilitychange', () => document.hidden || lookNow())
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, noteUse, { passive: true })
}

/** Someone is back: what is shown may be old. */
function lookNow() {
  tries = 0
  refresh()
  if (!isConnected) connect()
}

function noteUse() {
  const wasIdle = isIdle()
  usedAt = Date.now()
  if (wasIdle) lookNow()
}

function connect() {
  clearTimeout(nextTry)
  drop()
  if (isIdle()) return
  socket = new WebSocket(new URL(feed() ?? '', location.href.replace(/^http/, 'ws')))
  const own = socket
  own.addEventListener('open', () => {
    isConnected = true
    tries = 0
    // Something may have changed before.
    refresh()
  })
  own.addEventListener('message', ({ data }) => own === socket && hear(data))
  own.addEventListener('close', () => own === socket && tryAgain())
}

/** Forgets a connection, open or not. */
function drop() {
  clearTimeout(noPong)
  isConnected = false
  const old = socket
  socket = null
  old?.close()
}

/** @param {string} data */
function hear(data) {
  clearTimeout(noPong)
  if (data === 'pong') return
  const days = JSON.parse(data)
  if (days === 'connect again') connect()
  else if (days.some(isShown)) refresh()
}

/** @param {'any day' | { from: string, to: string }} days */
function isShown(days) {
  const { from, to, today } = document.body.dataset
  if (days === 'any day' || !from || !to || !today) return true
  // Who is waiting is shown on every day.
  return isBetween(days, from, to) || isBetween(days, today, today)
}

/**
 * @param {{ from: string, to: string }} days
 * @param {string} from
 * @param {string} to
 */
const isBetween = (days, from, to) => days.from <= to && days.to >= from

/** The connection broke. Whether the server is there shows when the page is loaded again. */
function tryAgain() {
  drop()
  const wait = Math.min(longestWait, 500 * 2 ** tries++) * (0.75 + Math.random() / 2)
  nextTry = setTimeout(connect, wait)
  refresh()
}

/** A connection through a dead network stays silent. */
function ping() {
  if (!isConnected || !socket) return
  socket.send('ping')
  clearTimeout(noPong)
  noPong = setTimeout(tryAgain, patience)
}

/** @param {boolean} isFresh */
function noteRefresh(isFresh) {
  if (isFresh) find()
  else lose()
}

function lose() {
  if (!isLost) say(word('lost', shownTime()))
  isLost = true
  showState()
  if (isConnected || !nextTry) tryAgain()
}

function find() {
  if (isLost) say(word('found'))
  isLost = false
  showState()
}

/** On the location's clock, as every time of the page. */
function shownTime() {
  /** @type {Intl.DateTimeFormatOptions} */
  const format = { hour: '2-digit', minute: '2-digit', timeZone: one('#live')?.dataset.zone }
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(shownAt)
}

function showState() {
  document.body.toggleAttribute('data-lost', isLost)
  const bar = one('#stale .text')
  const text = isLost ? word('lost', shownTime()) : ''
  if (bar && bar.textContent !== text) bar.textContent = text
}

/** Keeps the clocks going, and looks again when a minute is over: who is late now, which hold has expired. */
function tick() {
  const seconds = Math.max(0, Math.floor((serverNow() - shownAt) / 1_000))
  const live = one('.top .live')
  if (live && isIdle()) live.textContent = word('paused')
  else if (live) showAge(live, seconds)
  const isOver = Math.floor(serverNow() / minute) !== Math.floor(shownAt / minute)
  if (isOver && !isIdle() && !isLost) refresh()
}

/**
 * @param {HTMLElement} live
 * @param {number} seconds
 */
function showAge(live, seconds) {
  const age = one('.age', live)
  const text =
    seconds < 120 ? word('secondsAgo', String(seconds)) : word('minutesAgo', String(Math.floor(seconds / 60)))
  if (age) age.textContent = text
  else {
    const fresh = document.createElement('span')
    fresh.className = 'age'
    fresh.textContent = text
    live.replaceChildren(word('live'), fresh)
  }
}
