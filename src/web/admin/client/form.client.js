// @ts-check
// Every admin page works without this script. It says what has changed while someone types, keeps them from leaving it
// behind, and knows two keys.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-settings]'))

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** Whether the form is being sent: then leaving is no loss. */
let isSent = false

if (form) {
  form.addEventListener('input', (event) => showChanged(form, /** @type {Element} */ (event.target)))
  form.addEventListener('submit', () => {
    isSent = true
  })
  addEventListener('pageshow', () => {
    isSent = false
    for (const control of form.querySelectorAll('[data-saved] :is(input, select, textarea)'))
      showChanged(form, control)
  })
  addEventListener('beforeunload', (event) => {
    if (!isSent && changedIn(form).length > 0) event.preventDefault()
  })
}

addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target)
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && !event.altKey && form) {
    event.preventDefault()
    form.requestSubmit()
  }
  const isTyping = target.matches('input, select, textarea, [contenteditable]')
  const search = /** @type {HTMLInputElement | null} */ (document.querySelector('search input[type=search]'))
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && search) {
    event.preventDefault()
    search.focus()
    search.select()
  }
})

/** @param {HTMLFormElement} form */
function changedIn(form) {
  const fields = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('[data-saved]')])
  return fields.filter((field) => {
    const control = controlOf(field)
    return control && textOf(control) !== field.dataset.saved
  })
}

/** @param {HTMLElement} field */
function controlOf(field) {
  return /** @type {Control | null} */ (field.querySelector('input, select, textarea'))
}

/** As the server reads it. @param {Control} control */
function textOf(control) {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked ? 'yes' : ''
  return control.value.trim()
}

/**
 * The mark beside the field, and the sum in the save bar.
 *
 * @param {HTMLFormElement} form
 * @param {Element} control
 */
function showChanged(form, control) {
  const field = /** @type {HTMLElement | null} */ (control.closest('[data-saved]'))
  if (!field || 'isNew' in form.dataset) return
  const { saved = '' } = field.dataset
  const isChanged = textOf(/** @type {Control} */ (control)) !== saved
  const id = `${control.id}-was`
  const mark = document.getElementById(id)
  if (isChanged && !mark) addMark(form, field, /** @type {Control} */ (control), id)
  if (!isChanged && mark) {
    mark.remove()
    const others = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one !== id)
    control.setAttribute('aria-describedby', others.join(' '))
  }
  showSum(form)
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} field
 * @param {Control} control
 * @param {string} id
 */
function addMark(form, field, control, id) {
  const { changed = '', was = '{}' } = form.dataset
  const mark = document.createElement('p')
  mark.className = 'was'
  mark.id = id
  const tag = document.createElement('span')
  tag.className = 'tag notice'
  tag.innerHTML = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-edit"/></svg>'
  tag.append(` ${changed}`)
  const text = document.createElement('span')
  text.textContent = was.replace('{}', () => inWords(form, control, field.dataset.saved ?? ''))
  mark.append(tag, ' ', text)
  const hint = field.querySelector('.hint')
  if (hint) hint.before(mark)
  else field.append(mark)
  control.setAttribute(
    'aria-describedby',
    [id, control.getAttribute('aria-describedby')].filter(Boolean).join(' '),
  )
}

/**
 * @param {HTMLFormElement} form
 * @param {Control} control
 * @param {string} saved
 */
function inWords(form, control, saved) {
  const { nothing = '', yes = '', no = '' } = form.dataset
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return saved === 'yes' ? yes : no
  if (saved === '') return nothing
  if (!(control instanceof HTMLSelectElement)) return saved
  return [...control.options].find(({ value }) => value === saved)?.textContent ?? saved
}

/** @param {HTMLFormElement} form */
function showSum(form) {
  const line = form.querySelector('.save p')
  if (!line) return
  const changed = changedIn(form)
  line.replaceChildren()
  if (changed.length === 0) return
  const { unsaved = '', unsavedOne = '' } = form.dataset
  const sum = document.createElement('b')
  sum.textContent = changed.length === 1 ? unsavedOne : unsaved.replace('0', String(changed.length))
  const names = document.createElement('span')
  names.className = 'soft'
  names.textContent = changed
    .map((field) => field.querySelector('label')?.firstChild?.textContent ?? '')
    .join(', ')
  line.append(sum, document.createElement('br'), names)
}
