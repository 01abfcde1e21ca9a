import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { KeysPage } from './keys-page.tsx'

/** Which keys there are, and whether letters count among them. */
export const deskKeys = new Hono<AppEnv>()

const year = 365 * 24 * 60 * 60

deskKeys.get('/', (c) =>
  c.html(<KeysPage frame={frameOf(c)} areLettersOff={getCookie(c, 'letters') === 'off'} />),
)

deskKeys.post('/', async (c) => {
  const wanted = (await readForm(c))('letters') === 'off' ? 'off' : 'on'
  // The script reads it, so it is not `httpOnly`; it says nothing about anyone.
  setCookie(c, 'letters', wanted, { path: '/desk', secure: true, sameSite: 'Lax', maxAge: year })
  return c.redirect(paths.deskKeys(), 303)
})
