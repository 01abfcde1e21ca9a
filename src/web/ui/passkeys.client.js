// @ts-check
// Makes and uses passkeys. Without this script, or in a browser that has none, people sign in with a code: the forms stay
// hidden.

if (window.PublicKeyCredential) {
  for (const form of forms()) {
    form.hidden = false
    form.addEventListener('submit', (event) => askAuthenticator(event, form))
  }
  for (const hint of document.querySelectorAll('.no-passkeys')) hint.remove()
}

// A visitor who comes back must be able to use the passkey again.
addEventListener('pageshow', () => {
  for (const form of forms()) fieldOf(form).value = ''
})

function forms() {
  return /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-challenge]'))
}

/** @param {HTMLFormElement} form */
function fieldOf(form) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem('credential'))
}

/**
 * Sends the form with the authenticator's answer in it.
 *
 * @param {SubmitEvent} event
 * @param {HTMLFormElement} form
 */
async function askAuthenticator(event, form) {
  event.preventDefault()
  // The other script would take it for sent.
  event.stopPropagation()
  if (form.dataset.asking) return
  form.dataset.asking = 'true'
  const problem = /** @type {HTMLElement} */ (form.querySelector('[role=alert]'))
  problem.textContent = ''
  try {
    const answer = await fetch(form.dataset.challenge ?? '', { method: 'POST' })
    // Signed out meanwhile, or something else that a page explains.
    if (answer.redirected) return location.assign(location.pathname + location.search)
    if (!answer.ok) throw answer
    const options = await answer.json()
    const credential = form.dataset.ceremony === 'create' ? await create(options) : await get(options)
    fieldOf(form).value = JSON.stringify(credential)
    form.submit()
  } catch (error) {
    const isKnown = error instanceof DOMException && error.name === 'InvalidStateError'
    problem.textContent = (isKnown ? form.dataset.known : form.dataset.failed) ?? ''
  } finally {
    delete form.dataset.asking
  }
}

/** @param {any} options */
async function create(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(withBytes),
  }
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }))
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response)
  return toJson(made, {
    attestationObject: toText(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  })
}

/** @param {any} options */
async function get(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: [],
  }
  const used = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }))
  const response = /** @type {AuthenticatorAssertionResponse} */ (used.response)
  return toJson(used, {
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
    userHandle: response.userHandle && toText(response.userHandle),
  })
}

/**
 * @param {PublicKeyCredential} credential
 * @param {object} response
 */
function toJson({ id, rawId, type, response: { clientDataJSON } }, response) {
  return { id, rawId: toText(rawId), type, response: { clientDataJSON: toText(clientDataJSON), ...response } }
}

/** @param {{ id: string }} descriptor */
function withBytes(descriptor) {
  return { ...descriptor, id: toBytes(descriptor.id) }
}

/** @param {string} base64Url */
function toBytes(base64Url) {
  const bytes = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))
}

/** @param {ArrayBuffer} buffer */
function toText(buffer) {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
