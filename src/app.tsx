import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { api } from './api/routes.ts'
import { findApiClient, findVisitor } from './clinic/accounts/find-actor.ts'
import { remembering } from './clinic/accounts/remembering.ts'
import { checkHealth } from './clinic/health/check.ts'
import { connect } from './db.ts'
import type { AppEnv } from './door.ts'
import type { Settings } from './env.ts'
import { reportFailure } from './failures.ts'
import { cloudflareMailer, resendMailer } from './mail.ts'
import { web } from './web/routes.tsx'
import { styleHash } from './web/ui/style.ts'

/** Mounts the doors. Whatever a door does not say otherwise about is private and never stored. */
export function createApp(settings: Settings) {
  const db = connect(settings)
  const mail = mailerOf(settings)
  const apiClients = remembering((hash, now) => findApiClient(db, hash, now))
  const visitors = remembering((token, now) => findVisitor(db, token, now))
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
    const actor = { kind: 'anonymous' } as const
    const requestId = c.get('requestId')
    c.set('clinic', { db, actor, now: new Date(), mail, requestId, authSecret: settings.AUTH_SECRET })
    c.set('apiClients', apiClients)
    c.set('visitors', visitors)
    c.set('countedBy', `address:${c.req.header('CF-Connecting-IP') ?? 'unknown'}`)
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-store')
  })

  app.get('/healthz', async (c) => {
    try {
      return c.json({ status: 'ok', ...(await checkHealth(c.var.clinic)) })
    } catch (error) {
      reportFailure(c, error)
      return c.json({ status: 'the database does not answer' }, 503, { 'Retry-After': '5' })
    }
  })
  app.route('/api', api)
  app.route('/', web)

  return app
}

function mailerOf({ SEND_EMAIL, RESEND_API_KEY, RESEND_URL, MAIL_FROM }: Settings) {
  if (SEND_EMAIL) return cloudflareMailer(SEND_EMAIL, MAIL_FROM)
  return resendMailer({ apiKey: RESEND_API_KEY ?? '', from: MAIL_FROM, origin: RESEND_URL })
}
