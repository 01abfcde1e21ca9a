import { type Context, Hono } from 'hono'
import { recordProviderEvents } from '../clinic/messages/record-provider-events.ts'
import type { Settings } from '../env.ts'
import type { AppEnv } from '../http/app-env.ts'
import { limitBody } from '../http/content.ts'
import { refuseErrors } from '../http/errors.ts'
import { limit } from '../http/rate-limits.ts'
import type { HttpRefusal, Refuse } from '../http/refuse.ts'
import { resendWebhook } from './resend.ts'
import { twilioWebhook } from './twilio.ts'
import type { Webhook } from './webhook.ts'
import { whatsAppWebhook } from './whatsapp.ts'

/** Where providers tell what became of messages. Whoever asks must sign; there are no pages, no cookies and no bodies. */
export function providers(settings: Settings) {
  const { WHATSAPP_VERIFY_TOKEN: verifyToken } = settings
  const door = new Hono<AppEnv>()
  for (const [name, webhook] of Object.entries(webhooksOf(settings)))
    door.post(`/${name}`, limitBody(refuse, webhook?.mostKilobytes), (c) => hear(c, webhook))

  /** Meta asks once, when the webhook is entered there. */
  door.get('/whatsapp', async (c) => {
    if (!verifyToken) return refuse(c, 'not_found')
    const challenge = c.req.query('hub.challenge') ?? ''
    const { secrets } = c.var.clinic
    const expected = await secrets.sign(tokenText(verifyToken))
    const isGenuine = await secrets.verify(tokenText(c.req.query('hub.verify_token') ?? ''), expected)
    if (!isGenuine) return refuseStranger(c)
    return /^\w{1,100}$/.test(challenge) ? c.text(challenge) : refuse(c, 'malformed_json')
  })
  door.all('*', (c) => refuse(c, 'not_found'))
  door.onError(refuseErrors(refuse))
  return door
}

const tokenText = (token: string) => `verify token of a webhook: ${token}`

function webhooksOf({
  RESEND_WEBHOOK_SECRET,
  WHATSAPP_APP_SECRET,
  TWILIO_AUTH_TOKEN,
  SITE_URL,
}: Settings): Record<string, Webhook | undefined> {
  return {
    resend: RESEND_WEBHOOK_SECRET ? resendWebhook(RESEND_WEBHOOK_SECRET) : undefined,
    whatsapp: WHATSAPP_APP_SECRET ? whatsAppWebhook(WHATSAPP_APP_SECRET) : undefined,
    twilio: TWILIO_AUTH_TOKEN ? twilioWebhook(TWILIO_AUTH_TOKEN, `${SITE_URL}/providers/twilio`) : undefined,
  }
}

async function hear(c: Context<AppEnv>, webhook: Webhook | undefined): Promise<Response> {
  if (!webhook) return refuse(c, 'not_found')
  const { clinic } = c.var
  const body = await c.req.text()
  if (!(await webhook.isGenuine(c.req.raw.headers, body, clinic.now))) return refuseStranger(c)
  const events = webhook.read(body, clinic.now)
  if (!events) return refuse(c, 'malformed_json')
  await recordProviderEvents({ ...clinic, actor: { kind: 'system' } }, events)
  return c.body(null, 200)
}

const statuses: Partial<Record<HttpRefusal, 400 | 401 | 404 | 413 | 429 | 503>> = {
  malformed_json: 400,
  not_signed_in: 401,
  not_found: 404,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
}

const refuse: Refuse = (c, code) => {
  c.set('refusal', code)
  return c.body(null, statuses[code] ?? 500)
}

const limitStrangers = limit('WRITE_LIMIT', refuse)

/** A provider may tell much at once; only those who cannot sign are limited. */
async function refuseStranger(c: Context<AppEnv>): Promise<Response> {
  const refused = await limitStrangers(c, async () => {})
  return refused ?? refuse(c, 'not_signed_in')
}
