import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { api } from './api/routes.ts'
import { checkHealth } from './clinic/health/check.ts'
import { connect, isUnreachable } from './db.ts'
import type { AppEnv } from './door.ts'
import type { Settings } from './env.ts'
import { web } from './web/routes.tsx'
import { styleHash } from './web/ui/style.ts'

/** Mounts the doors. Whatever a door does not say otherwise about is private and never stored. */
export function createApp(settings: Settings) {
  const db = connect(settings)
  const app = new Hono<AppEnv>()

  app.use(requestId())
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [styleHash],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
    }),
  )
  app.use(async (c, next) => {
    c.set('clinic', { db, now: new Date() })
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-store')
  })

  app.get('/healthz', async (c) => {
    try {
      return c.json({ status: 'ok', ...(await checkHealth(c.var.clinic)) })
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return c.json({ status: 'database unreachable' }, 503, { 'Retry-After': '5' })
    }
  })
  app.route('/api', api)
  app.route('/', web)

  return app
}
