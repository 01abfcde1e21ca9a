import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { healthz } from './api/healthz.ts'
import { referenceStyleHash } from './api/reference/style.ts'

import { api } from './api/routes.tsx'
import { challengeOf } from './channels/challenge.ts'
import { channelsOf } from './channels/channels.ts'
import { resolverOf } from './channels/dns.ts'
import { mailerOf } from './channels/mail.ts'
import { readMailbox } from './channels/mailbox.ts'
import { findApiClient, findVisitor } from './clinic/accounts/find-actor.ts'
import { remembering } from './clinic/accounts/remembering.ts'
import type { ClinicContext } from './clinic/context.ts'
import { countFailures } from './clinic/health/count-failures.ts'
import { checkDomain, type DomainCheck } from './clinic/messages/check-domain.ts'
import { factsIn, theFacts } from './clinic/settings/facts.ts'
import { rememberingFacts } from './clinic/settings/remembering-facts.ts'
import { secretsOf } from './clinic/sign.ts'
import { connect } from './database/connect.ts'
import { tellListeners } from './edge/listeners.ts'
import type { PurgerExport } from './edge/purge-listener.ts'
import type { Settings } from './env.ts'
import type { AppEnv } from './http/app-env.ts'
import { doorOf } from './http/doors.ts'
import { hideAddress } from './http/hide-address.ts'
import { countedByNetwork } from './http/rate-limits.ts'
import { giveRequestId } from './http/request-id.ts'
import { addressOf, sourceOf } from './http/source.ts'
import { en } from './i18n/en.ts'
import { feedOf } from './live/feed-names.ts'
import type { FeedExport } from './live/live-listener.ts'
import { countAppointmentFailures } from './observability/appointment-failures.ts'
import { log } from './observability/log.ts'
import { logRequests } from './observability/requests.ts'
import { providers } from './providers/routes.ts'
import { allowPreview } from './web/admin/messages/preview-policy.ts'
import { answerError } from './web/errors.tsx'
import { frameOf } from './web/frame.ts'
import { web } from './web/routes.tsx'
import { allowChallenge } from './web/sign-in/challenge.tsx'
import { Layout } from './web/ui/layout.tsx'
import { styleHash } from './web/ui/style.ts'

/** What index.ts exports besides the app. */
interface Entrypoints extends PurgerExport, FeedExport {
  Public: { fetch(request: Request): Promise<Response> }
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'", styleHash, referenceStyleHash],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  // A year: less does not count as protection in the ASVS.
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
  xFrameOptions: 'DENY',
})

/** Mounts the doors. Responses are private and never stored unless a door says otherwise. */
export function createApp(settings: Settings) {
  const db = connect(settings)
  const secrets = secretsOf(settings.AUTH_SECRET, settings.AUTH_SECRET_PREVIOUS)
  const { email } = channelsOf(settings)
  const challenge = challengeOf(settings, (reason) =>
    log('warn', 'the challenge does not answer', { reason }),
  )
  const apiClients = remembering((hash, now) => findApiClient(db, hash, now))
  const visitors = remembering(
    (hash, now) => findVisitor(db, hash, now),
    ({ endsAt = Number.POSITIVE_INFINITY }) => endsAt,
  )
  const clinicFacts = rememberingFacts(async () => theFacts(await factsIn({ db })))
  const app = new Hono<AppEnv>()

  app.use(giveRequestId)
  app.use(logRequests(doorOf))
  app.use(
    countAppointmentFailures({
      count: (failures) => countFailures({ db, actor: { kind: 'system' } }, failures),
      points: settings.FAILURES,
    }),
  )
  app.use(allowChallenge)
  app.use('/m/*', hideAddress)
  app.use('/w/*', hideAddress)
  app.use(allowPreview)
  app.use(headers)
  app.use(async (c, next) => {
    const clinic = {
      db,
      actor: { kind: 'anonymous' } as const,
      now: new Date(),
      mail: mailerOf(email),
      requestId: c.get('requestId'),
      secrets,
      source: await sourceOf(c, secrets),
      tell: tellFrom(c, settings.MESSAGES),
    }
    c.set('clinic', clinic)
    c.set('copy', en)
    c.set('challenge', challenge)
    c.set('clinicFacts', clinicFacts)
    c.set('clinicPhone', settings.CLINIC_PHONE)
    c.set('email', email)
    c.set('site', siteOf(settings))
    c.set('checkEmailDomain', () => checkEmailDomain(settings, email.provider))
    c.set('apiClients', apiClients)
    c.set('visitors', visitors)
    c.set('countedBy', countedByNetwork(addressOf(c)))
    c.set('askPublic', (path) => askPublic(c, path))
    c.set('connectToFeed', (locationId) => connectToFeed(c, locationId))
    c.setRenderer((content, { title }) => showInFrame(c, title, content))
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-store')
  })

  app.route('/healthz', healthz({ db, environment: settings.ENVIRONMENT, release: settings.RELEASE }))
  app.route('/api', api)
  app.route('/providers', providers(settings))
  app.route('/', web)
  app.onError(answerError)

  return app
}

const siteOf = (settings: Settings) => ({
  from: settings.MAIL_FROM,
  uidDomain: settings.CALENDAR_DOMAIN,
  siteUrl: settings.SITE_URL,
})
function checkEmailDomain(settings: Settings, provider: string): Promise<DomainCheck[]> {
  const { address } = readMailbox(settings.MAIL_FROM)
  return checkDomain(resolverOf(settings), { address, provider, dkimSelector: settings.DKIM_SELECTOR })
}

/** The API has no pages of its own: it renders into the frame of ours, in English only. */
function showInFrame(c: Context<AppEnv>, title: string, content: string | Promise<string>) {
  return c.html(
    <Layout frame={frameOf(c)} title={title} inOneLanguage>
      {content}
    </Layout>,
  )
}

function tellFrom(c: Context<AppEnv>, queue: Settings['MESSAGES']): ClinicContext['tell'] {
  const tell = tellListeners({
    exports: () => entrypoints(c),
    queue,
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  })
  return (happening) => {
    // At once, so that whoever changes the clinic's name sees it on the next page.
    if (happening.kind === 'settings.changed') c.var.clinicFacts.forget()
    tell(happening)
  }
}

function entrypoints(c: Context<AppEnv>): Entrypoints {
  return (c.executionCtx as { exports?: unknown }).exports as Entrypoints
}

async function askPublic(c: Context<AppEnv>, path: string): Promise<Response> {
  const headers = { 'X-Request-Id': c.var.requestId }
  const page = await entrypoints(c).Public.fetch(new Request(new URL(path, c.req.url), { headers }))
  // The other entrypoint's response is immutable. This copy is not, and it has the cookies set so far.
  return c.newResponse(page.body, page.status as 200, Object.fromEntries(page.headers))
}

async function connectToFeed(c: Context<AppEnv>, locationId: number): Promise<Response> {
  const name = feedOf(locationId)
  const headers = { Upgrade: 'websocket' }
  const request = new Request(`https://feed.invalid/?name=${name}`, { headers })
  // The object's answer is immutable. This copy has its socket, and gets our headers.
  return new Response(null, await entrypoints(c).DeskFeed.getByName(name).fetch(request))
}
