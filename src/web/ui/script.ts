import { toBase64Url } from '../../clinic/sign.ts'
import enhance from './enhance.client.js'
import passkeys from './passkeys.client.js'

export interface Script {
  /** Changes with the script, so browsers can cache it forever. */
  path: string
  text: string
}

/** A script as `/assets` serves it. */
export async function scriptOf(name: string, text: string): Promise<Script> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return { path: `/assets/${name}-${toBase64Url(new Uint8Array(digest)).slice(0, 12)}.js`, text }
}

/** On every page. */
export const enhanceScript = await scriptOf('enhance', enhance)

/** On pages with a form for passkeys. */
export const passkeyScript = await scriptOf('passkeys', passkeys)
