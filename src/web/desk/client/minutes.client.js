// @ts-check
import { all } from './dom.client.js'
import { serverNow } from './refresh.client.js'

// Waiting times run on by the server's clock, also while the connection is lost.

export function startMinutes() {
  setInterval(showMinutes, 1_000)
}

/** `data-since` is an instant; `data-words` has `{}` where the minutes go. */
function showMinutes() {
  const now = serverNow()
  for (const clock of all('[data-since]')) {
    const minutes = Math.floor((now - Date.parse(clock.dataset.since ?? '')) / 60_000)
    const text = (clock.dataset.words ?? '{}').replace('{}', String(Math.max(0, minutes)))
    if (Number.isFinite(minutes) && clock.textContent !== text) clock.textContent = text
  }
}
