// @ts-check
import { all } from './dom.client.js'
import { serverNow } from './refresh.client.js'

// Waiting times run on by the server's clock, also while the connection is lost.

export function startMinutes() {
  setInterval(showMinutes, 1_000)
}

/** `data-since` is a minute since 1970; the first number of the words is how many have passed. */
function showMinutes() {
  const now = Math.floor(serverNow() / 60_000)
  for (const clock of all('[data-since]')) {
    const words = clock.firstChild
    const text = words?.nodeValue?.replace(/\d+/, String(Math.max(0, now - Number(clock.dataset.since))))
    if (words && text && words.nodeValue !== text) words.nodeValue = text
  }
}
