import type { Clinic } from './clinic.ts'
import { openAccount, openSession } from './people.ts'

export const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

/** Opens and sends pages as the front desk does, without a script. */
export async function openFrontDesk({ sql, origin }: Clinic) {
  const account = await openAccount(sql, { role: 'front_desk' })
  const headers = { Cookie: await openSession(sql, account), Origin: origin }
  let cookies = headers.Cookie
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(`${origin}${path}`, {
      ...init,
      headers: { ...headers, Cookie: cookies },
      redirect: 'manual',
    })
    for (const line of response.headers.getSetCookie())
      if (line.includes('removed-block')) cookies = `${headers.Cookie}; ${line.split(';')[0]}`
    return response
  }
  return {
    open: (path: string) => ask(path, {}),
    read: async (path: string) => textOf(await (await ask(path, {})).text()),
    send: (path: string, fields: Record<string, string>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

/** The fields of the form that is sent to a path, as its page fills them. */
export function fieldsOf(page: string, action: string): Record<string, string> {
  const [, form = ''] =
    new RegExp(`<form[^>]*action="${action}[^"]*"[^>]*>(.*?)</form>`, 's').exec(page) ?? []
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
}
