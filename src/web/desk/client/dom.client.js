// @ts-check

/**
 * @param {string} selector
 * @param {ParentNode} within
 */
export function one(selector, within = document) {
  return /** @type {HTMLElement | null} */ (within.querySelector(selector))
}

/**
 * @param {string} selector
 * @param {ParentNode} within
 */
export function all(selector, within = document) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)])
}

/**
 * Words of the page's language; `{}` stands for what is filled in.
 *
 * @param {string} name
 * @param {string} filling
 */
export function word(name, filling = '') {
  return (document.getElementById('desk-words')?.dataset[name] ?? '').replace('{}', () => filling)
}

/** @param {string} address */
export const pathOf = (address) => new URL(address, location.href).pathname

/** @param {string} address */
export const withoutFragment = (address) => address.split('#')[0] ?? ''

/**
 * Says something to screen readers. Only for what nobody may miss: a lost connection, its return, and refusals.
 *
 * @param {string} text
 */
export function say(text) {
  const voice = document.getElementById('voice')
  if (voice) voice.textContent = text
}

/**
 * Loads one of our pages.
 *
 * @param {string} address
 * @param {RequestInit} [how]
 */
export async function fetchPage(address, how = {}) {
  const answer = await fetch(address, { ...how, headers: { Accept: 'text/html' } })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  return { answer, page }
}

/**
 * What stands in an element, once more.
 *
 * @param {Element | null} element
 */
export const copiesOf = (element) => [...(element?.childNodes ?? [])].map((node) => node.cloneNode(true))

/** @typedef {Awaited<ReturnType<typeof fetchPage>>} Fetched */
