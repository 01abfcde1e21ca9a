import { expect } from 'vitest'
import type { Clinic } from './clinic.ts'

let networks = 0

/** In a network of its own; half of them are IPv6. */
function anotherAddress(): string {
  const network = ++networks
  return network % 2 ? `10.${network >> 8}.${network & 255}.1` : `2001:db8:${network.toString(16)}::1`
}

/** A browser without a window: keeps its cookies and has its own network. */
export function openJar(
  { origin, mails }: Clinic,
  cookies: Record<string, string> = {},
  address = anotherAddress(),
) {
  const jar = new Map(Object.entries(cookies))
  const open = async (path: string, init: RequestInit = {}, at = origin) => {
    const headers = {
      Origin: at,
      Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'CF-Connecting-IP': address,
      ...(init.headers as Record<string, string>),
    }
    const response = await fetch(at + path, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    return response
  }
  const sends = (path: string, fields: Record<string, string> = {}, headers = {}, at = origin) =>
    open(path, { method: 'POST', body: new URLSearchParams(fields), headers }, at)
  const asksForCode = (email: string, headers = {}, at = origin) => sends('/sign-in', { email }, headers, at)
  const triesCode = (code: string, at = origin) => sends('/sign-in/code', { code }, {}, at)
  return {
    jar,
    open,
    sends,
    asksForCode,
    triesCode,
    signsOut: () => sends('/sign-out'),
    sees: async (path: string) => (await open(path)).text(),
    async signsIn(email: string) {
      await asksForCode(email)
      const mail = mails.find(({ to }) => to === email)
      expect((await triesCode(/\d{6}/.exec(mail?.text ?? '')?.[0] ?? '')).status).toBe(303)
    },
  }
}
