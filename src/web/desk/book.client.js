// @ts-check
// Booking works without this script. It searches while someone types, takes the first match at Enter, and keeps what will be
// booked up to date. It listens on the document, because the form may also be loaded into the panel beside the day.

const enoughToSearch = 3
const pause = 150

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting
let asking = new AbortController()
/** The latest search, and for what. */
let search = Promise.resolve()
let searched = ''

/** @param {EventTarget | null} target */
function formOf(target) {
  return /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (target).closest?.('form#b') ?? null)
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 */
function part(within, selector) {
  return /** @type {HTMLElement | null} */ (within.querySelector(selector))
}

document.addEventListener('input', ({ target }) => {
  const form = formOf(target)
  if (!form || !(target instanceof HTMLInputElement) || target.name !== 'q') return
  clearTimeout(waiting)
  asking.abort()
  if (target.value.trim().length < enoughToSearch) return
  searched = target.value
  search = new Promise((done) => {
    waiting = setTimeout(() => done(find(form)), pause)
  })
})

/**
 * Shows who fits what was typed. If anything goes wrong, the button still finds them.
 *
 * @param {HTMLFormElement} form
 */
async function find(form) {
  asking = new AbortController()
  const address = part(form, '.find button')?.getAttribute('formaction') ?? ''
  const body = new URLSearchParams(/** @type {string[][]} */ ([...new FormData(form)]))
  body.delete('patient_id')
  try {
    const answer = await fetch(address, { method: 'POST', body, signal: asking.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const id of ['#found-many', '#found']) {
      const fresh = page.querySelector(id)
      if (fresh) part(form, id)?.replaceWith(fresh)
    }
    part(form, '#found [autofocus]')?.removeAttribute('autofocus')
    showChoice(form)
  } catch {}
}

document.addEventListener('keydown', async (event) => {
  const { target } = event
  const form = formOf(target)
  if (event.key !== 'Enter' || event.isComposing || !form || !(target instanceof HTMLInputElement)) return
  const book = part(form, '#book')
  if (target.name === 'q') {
    event.preventDefault()
    if (target.value !== searched || target.value.trim().length < enoughToSearch) await find(form)
    await search
    if (part(form, '#found [type=radio]')) book?.focus()
  } else if (target.type === 'radio') {
    event.preventDefault()
    book?.focus()
  } else {
    event.preventDefault()
    const own = target.closest('#new-patient')?.querySelector('[name=register]')
    form.requestSubmit(/** @type {HTMLElement | null} */ (own) ?? book)
  }
})

document.addEventListener('change', ({ target }) => {
  const form = formOf(target)
  if (form) showChoice(form)
})

/** @param {HTMLFormElement} form */
function showChoice(form) {
  showPatient(form)
  showVisit(form)
}

/** @param {HTMLFormElement} form */
function showPatient(form) {
  const patient = part(form, '[name=patient_id]:checked')?.closest('label')?.querySelector('b')
  const chosen = part(form, '#chosen-patient')
  const name = document.createElement('bdi')
  name.textContent = patient?.textContent ?? chosen?.dataset.none ?? ''
  if (patient) name.dataset.i = patient.dataset.i
  chosen?.replaceChildren(name)
}

/**
 * Length and end follow the visit type.
 *
 * @param {HTMLFormElement} form
 */
function showVisit(form) {
  const { minutes: usual = '', name = '' } = part(form, '[name=visit_type_id]:checked')?.dataset ?? {}
  // Doctors choose no other length.
  const length = /** @type {HTMLSelectElement | null} */ (part(form, '#minutes'))
  const minutes = length?.value || usual
  const first = length?.options[0]
  if (first) first.textContent = (usual ? first.dataset.usual?.replace('0', usual) : first.dataset.none) ?? ''
  const what = /** @type {HTMLElement} */ (part(form, '#chosen-type'))
  const words = what.dataset.words?.replace('0', minutes).replace('{}', () => name)
  what.textContent = minutes ? (words ?? '') : name
  showTime(part(form, '#chosen-time'), Number(minutes))
}

/**
 * @param {HTMLElement | null} time
 * @param {number} minutes
 */
function showTime(time, minutes) {
  if (!time) return
  const style = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, style)
  const start = Date.parse(`${time.dataset.start}Z`)
  const from = clock.format(start)
  time.textContent = minutes ? `${from}–${clock.format(start + minutes * 60_000)}` : from
}
