import style from './reference.css'

export { style }

const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))

/** What lets exactly this style through the content security policy. */
export const referenceStyleHash = `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
