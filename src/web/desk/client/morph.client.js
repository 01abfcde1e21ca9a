// @ts-check
// Turns the page into a fresh copy of itself and touches only what differs. So focus, scroll positions, open menus and what
// someone is typing stay as they are.

/** What the script or the reader has set, and a fresh copy cannot know. */
const ours = new Set(['open', 'tabindex', 'aria-disabled', 'data-sent', 'aria-busy'])

/**
 * @param {Element} old
 * @param {Element} fresh
 */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh) || isInUse(old)) return
  copyAttributes(old, fresh)
  morphChildren(old, fresh)
}

/**
 * Whether it is a form in which someone has entered something.
 *
 * @param {Element} element
 */
function isInUse(element) {
  if (!(element instanceof HTMLFormElement)) return false
  const fields = [...element.elements]
  return fields.some(
    (field) =>
      isTyped(field) || (field === document.activeElement && field.matches('input, select, textarea')),
  )
}

/** @param {Element} field */
function isTyped(field) {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (field instanceof HTMLSelectElement)
    return [...field.options].some((one) => one.selected !== one.defaultSelected && one.index > 0)
  if (!(field instanceof HTMLInputElement) || field.type === 'hidden') return false
  return /checkbox|radio/.test(field.type)
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function copyAttributes(old, fresh) {
  for (const { name } of [...old.attributes])
    if (!ours.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes)
    if (!ours.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function morphChildren(old, fresh) {
  const known = keepWanted(old, fresh)
  let at = skipOurs(old.firstChild)
  for (const wanted of [...fresh.childNodes]) {
    const match = matchOf(wanted, at, known)
    if (match === at && at) at = skipOurs(at.nextSibling)
    else old.insertBefore(match ?? document.importNode(wanted, true), at)
    if (match) morphNode(match, wanted)
  }
  removeFrom(at)
}

/**
 * Removes the children with a key that the fresh copy no longer has, and answers the others by their keys.
 *
 * @param {Element} old
 * @param {Element} fresh
 */
function keepWanted(old, fresh) {
  const wanted = new Set([...fresh.children].map(keyOf))
  /** @type {Map<string, Element>} */
  const known = new Map()
  for (const child of [...old.children]) {
    const key = keyOf(child)
    if (key && wanted.has(key)) known.set(key, child)
    else if (key && !isOurs(child)) child.remove()
  }
  return known
}

/**
 * The node that becomes the wanted one: the one with its key, or else the next one if it is of the same kind.
 *
 * @param {Node} wanted
 * @param {ChildNode | null} at
 * @param {Map<string, Element>} known
 */
function matchOf(wanted, at, known) {
  const key = wanted instanceof Element ? keyOf(wanted) : ''
  if (key) return known.get(key) ?? null
  const isAlike = at && at.nodeName === wanted.nodeName && !(at instanceof Element && keyOf(at))
  return isAlike ? at : null
}

/**
 * @param {Node} old
 * @param {Node} fresh
 */
function morphNode(old, fresh) {
  if (old instanceof Element && fresh instanceof Element) morph(old, fresh)
  else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue
}

/** @param {ChildNode | null} first */
function removeFrom(first) {
  let at = first
  while (at) {
    const next = skipOurs(at.nextSibling)
    at.remove()
    at = next
  }
}

/**
 * What the script has added stays until the script removes it.
 *
 * @param {ChildNode | null} first
 */
function skipOurs(first) {
  let at = first
  while (at && isOurs(at)) at = at.nextSibling
  return at
}

/** @param {Node} node */
const isOurs = (node) => node instanceof HTMLElement && Boolean(node.dataset.ours)

/**
 * Tells children of one parent apart: by id, by appointment, or by the free minute.
 *
 * @param {Element} element
 */
function keyOf(element) {
  if (element.id) return `#${element.id}`
  if (!(element instanceof HTMLElement)) return ''
  const { id, start, doctor } = element.dataset
  if (id) return `${element.tagName} ${id}`
  if (start) return `${element.tagName} ${start} ${doctor ?? ''}`
  const link = element.matches('.free') ? element.firstElementChild : null
  return link instanceof HTMLElement && link.dataset.start
    ? `free ${link.dataset.start} ${link.dataset.doctor}`
    : ''
}
