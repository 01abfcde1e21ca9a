// @ts-check
// Every page works without this script. It saves reloads, double submits and a look at the clock.

/** The parts of the page that change with the search. */
const parts = ['#finder', '#slots', '#coming', 'footer']

/** Sends a form once, however often its button is pressed. */
addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (form.id === 'finder') {
    event.preventDefault()
    const fields = [...new FormData(form)].filter(([, value]) => value)
    return load(`${withoutFragment(form.action)}?${new URLSearchParams(/** @type {string[][]} */ (fields))}`)
  }
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = 'true'
  for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true')
  // The visitor may have stopped the request, and must be able to send it again.
  setTimeout(allowSending, 10_000)
})

addEventListener('pageshow', ({ persisted }) => {
  if (persisted) allowSending()
})

function allowSending() {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent
  for (const button of document.querySelectorAll('button')) button.removeAttribute('aria-disabled')
}

addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest?.('#slots a')
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)
  if (!(link instanceof HTMLAnchorElement) || !isPlain) return
  event.preventDefault()
  load(withoutFragment(link.href))
})

/** The address that is shown or being loaded. Links within the page do not change it. */
let current = withoutFragment(location.href)
let loading = new AbortController()

addEventListener('popstate', () => {
  const address = withoutFragment(location.href)
  if (document.querySelector('#slots') && address !== current) load(address, true)
})

/** @param {string} address */
function withoutFragment(address) {
  return address.split('#')[0] ?? ''
}

/**
 * Replaces the search results without reloading the page. If anything goes wrong, the browser loads the address itself.
 *
 * @param {string} address
 */
async function load(address, isBack = false) {
  document.querySelector('#slots')?.setAttribute('aria-busy', 'true')
  current = address
  loading.abort()
  loading = new AbortController()
  const { signal } = loading
  try {
    const answer = await fetch(address, { signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (!answer.ok || !page.querySelector('#slots') || page.querySelector('#finder .problem')) throw answer
    for (const part of parts) {
      const fresh = page.querySelector(part)
      if (fresh) document.querySelector(part)?.replaceWith(fresh)
    }
  } catch {
    // Aborted: another search has started since.
    return signal.aborted || location.assign(address)
  }
  if (!isBack) history.pushState(null, '', address)
  showOwnTimes()
  const title = document.getElementById('slots-title')
  title?.focus({ preventScroll: true })
  title?.scrollIntoView({ block: 'start' })
}

/** Adds the visitor's own time to the start of a phone or video call. */
function showOwnTimes() {
  const words = document.getElementById('slots')?.dataset.ownTime
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
  })
  for (const time of words ? document.querySelectorAll('.slot time') : []) {
    const own = format.format(new Date(/** @type {HTMLTimeElement} */ (time).dateTime))
    if (own === time.textContent) continue
    const line = document.createElement('span')
    line.className = 'with'
    line.textContent = words?.replace('{}', own) ?? ''
    time.after(line)
  }
}

/** Counts down by the server's clock. Screen readers hear it twice: when little is left, and at the end. */
function startTimer() {
  const timer = /** @type {HTMLElement | null} */ (document.querySelector('.timer'))
  if (!timer) return
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (timer.querySelector(name))
  const { until = '', now = '', soon = '' } = timer.dataset
  const ends = Date.parse(until) - Date.parse(now) + Date.now()
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000))
    part('strong').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    part('.left').hidden = left === 0
    const aloud = left === 0 ? (part('.over').textContent ?? '') : left <= 120 ? soon : ''
    if (part('.aloud').textContent !== aloud) part('.aloud').textContent = aloud
    part('.over').hidden = left > 0
    if (left === 0) clearInterval(ticking)
  }
  const ticking = setInterval(tick, 1000)
  tick()
}

showOwnTimes()
startTimer()
