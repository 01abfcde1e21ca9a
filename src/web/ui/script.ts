import { toBase64Url } from '../../clinic/sign.ts'
import script from './enhance.client.js'

export { script }

const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script))

/** The address changes with the script, so browsers can cache it forever. */
export const scriptPath = `/assets/enhance-${toBase64Url(new Uint8Array(digest)).slice(0, 12)}.js`
