import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { readOpenApi } from '../api/openapi.ts'
import { showReference } from '../api/reference/show-reference.tsx'
import { secretsOf } from '../clinic/sign.ts'
import { connect } from '../database/connect.ts'
import type { Settings } from '../env.ts'
import type { AppEnv } from '../http/app-env.ts'
import { takeRequestId } from '../http/request-id.ts'
import { languages } from '../i18n/languages.ts'
import { logRequests } from '../observability/requests.ts'
import { adminScript } from '../web/admin/script.ts'
import { adminStyle } from '../web/admin/style.ts'
import { publicBooking } from '../web/booking/public-booking.tsx'
import { deskScript } from '../web/desk/script.ts'
import { deskStyle } from '../web/desk/style.ts'
import { answerError } from '../web/errors.tsx'
import { isLanguage } from '../web/language.ts'
import { enhanceScript, passkeyScript } from '../web/ui/script.ts'

/**
 * Everything that is the same for all visitors, with a cache in front of it. Requests arrive without cookies and without
 * the visitor's address; the language is in the URL. Only the request id comes along, for the log.
 */
export function createPublicApp(settings: Settings) {
  const db = connect(settings)
  const secrets = secretsOf(settings.AUTH_SECRET, settings.AUTH_SECRET_PREVIOUS)
  const app = new Hono<AppEnv>()

  app.use(takeRequestId)
  app.use(logRequests(() => 'public'))
  app.use(etag())
  app.use(async (c, next) => {
    const lang = c.req.query('lang')
    c.set('copy', languages[isLanguage(lang) ? lang : 'en'])
    c.set('clinicPhone', settings.CLINIC_PHONE)
    c.set('visitor', null)
    c.set('clinic', {
      db,
      actor: { kind: 'anonymous' },
      now: new Date(),
      mail: { send: () => Promise.reject(new Error('The public pages send no mail.')) },
      requestId: c.var.requestId,
      secrets,
      // Nothing changes here.
      tell: () => {},
    })
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-store')
  })

  app.get('/booking', publicBooking())
  app.get('/api/docs', showReference)
  app.get('/api/v1/openapi.json', async (c) =>
    c.body(await readOpenApi(), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
    }),
  )
  for (const { path, text } of [
    enhanceScript,
    passkeyScript,
    deskScript,
    deskStyle,
    adminScript,
    adminStyle,
  ]) {
    app.get(path, (c) =>
      c.body(text, 200, {
        'Content-Type': `text/${path.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`,
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    )
  }
  app.notFound((c) => c.text('', 404))
  app.onError(answerError)
  return app
}
