import { Hono } from 'hono'
import { findDeskLocation } from '../../clinic/day/find-desk-location.ts'
import { NotFound } from '../../clinic/errors.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'

/** Where the desk's pages hear that the day they show has changed. */
export const live = new Hono<AppEnv>()

live.get('/live', async (c) => {
  const wanted = id.safeParse(Number(c.req.query('location')))
  const origin = c.req.header('Origin')
  // Browsers let any site open a WebSocket, with our cookies.
  const isOurs = !origin || origin === new URL(c.req.url).origin
  if (!wanted.success || !isOurs) throw new NotFound('location')
  const location = await findDeskLocation(c.var.clinic, wanted.data)
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket')
    return c.text('', 426, { Upgrade: 'websocket', Connection: 'Upgrade' })
  return c.var.connectToFeed(location.id)
})
