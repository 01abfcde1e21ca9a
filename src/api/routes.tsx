import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { HTTPException } from 'hono/http-exception'
import { Forbidden, NotFound, NotSignedIn } from '../clinic/errors.ts'
import { KeyReused, StillRunning } from '../clinic/idempotency.ts'
import { isUnreachable } from '../database/connect.ts'
import type { AppEnv } from '../http/app-env.ts'
import { reportFailure } from '../observability/failures.ts'
import { accountsApi } from './accounts.ts'
import { apiKeysApi } from './api-keys.ts'
import { appointmentsApi } from './appointments.ts'
import { UnknownCursor } from './cursor.ts'
import { doctorsApi } from './doctors.ts'
import { healthApi } from './health.ts'
import { holdsApi } from './holds.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { locationsApi } from './locations.ts'
import {
  allowOnly,
  limitApi,
  limitBody,
  readBearer,
  refuseVainMatch,
  requireAccept,
  shareWithPages,
  tellLimit,
  unlessKnown,
} from './middleware.ts'
import { patientsApi } from './patients.ts'
import { isProblemCode, problem, problems } from './problem.ts'
import { ProblemPage } from './problem-page.tsx'
import { refuseNamed } from './refuse-invalid.ts'
import { slotsApi } from './slots.ts'
import { visitTypesApi } from './visit-types.ts'
import { walkInsApi } from './walk-ins.ts'

export const api = new Hono<AppEnv>()

const publicReads = [
  ...['/docs', '/v1', '/v1/openapi.json', '/problems/:code'],
  ...['/v1/doctors', '/v1/doctors/:id', '/v1/doctors/:id/slots', '/v1/doctors/:id/weekly-hours'],
  ...['/v1/locations', '/v1/slots', '/v1/visit-types'],
]
for (const path of publicReads) api.use(path, shareWithPages)

// Before anything is read or counted: it is the same for everyone, and has a cache in front of it.
api.get('/v1/openapi.json', unlessKnown, (c) => c.var.askPublic(c.req.path))
api.all('/v1/openapi.json', allowOnly('GET, HEAD'))
api.get('/docs', unlessKnown, (c) => c.var.askPublic(c.req.path))
api.all('/docs', allowOnly('GET, HEAD'))

api.use(
  '/v1/*',
  tellLimit,
  requireAccept,
  readBearer,
  limitApi,
  refuseVainMatch,
  limitBody,
  readIdempotencyKey,
)
api.route('/v1/accounts', accountsApi)
api.route('/v1/api-keys', apiKeysApi)
api.route('/v1/appointments', appointmentsApi)
api.route('/v1/doctors', doctorsApi)
api.route('/v1/health', healthApi)
api.route('/v1/holds', holdsApi)
api.route('/v1/locations', locationsApi)
api.route('/v1/patients', patientsApi)
api.route('/v1/slots', slotsApi)
api.route('/v1/visit-types', visitTypesApi)
api.route('/v1/walk-ins', walkInsApi)

/** Where to read on (RFC 8631). */
api.get('/v1', (c) => {
  c.header(
    'Link',
    [
      '</api/v1/openapi.json>; rel="service-desc"; type="application/json"',
      '</api/docs>; rel="service-doc"; type="text/html"',
      '</healthz>; rel="status"; type="application/json"',
    ].join(', '),
  )
  const api = { version: 1, description: '/api/v1/openapi.json', reference: '/api/docs', status: '/healthz' }
  return c.json({ api })
})
api.all('/v1', allowOnly('GET, HEAD'))

/** What a problem's `type` leads to: for a person, who wants a page, and for a program. */
api.get('/problems/:code', (c) => {
  const code = c.req.param('code')
  if (!isProblemCode(code)) return problem(c, 'not_found')
  const supports = ['application/json', 'text/html']
  const wanted = accepts(c, { header: 'Accept', supports, default: 'application/json' })
  c.header('Vary', 'Accept')
  if (wanted !== 'text/html') return c.json({ problem: { code, ...problems[code] } })
  return c.render(<ProblemPage code={code} problem={problems[code]} />, { title: problems[code].title })
})
api.all('/problems/:code', allowOnly('GET, HEAD'))

api.all('*', (c) => problem(c, 'not_found'))

api.onError((error, c) => {
  if (error instanceof NotFound) return problem(c, 'not_found', { detail: error.message })
  if (error instanceof NotSignedIn) return problem(c, 'not_signed_in')
  if (error instanceof Forbidden)
    return problem(c, 'forbidden', { detail: `${error.message} ${problems.forbidden.detail}` })
  if (error instanceof KeyReused) return problem(c, 'key_reused')
  if (error instanceof StillRunning) {
    c.header('Retry-After', '1')
    return problem(c, 'still_running')
  }
  if (error instanceof UnknownCursor) return refuseNamed(c, { cursor: 'not_a_cursor' })
  if (error instanceof HTTPException && error.status === 400) return problem(c, 'malformed_json')
  reportFailure(error)
  if (!isUnreachable(error)) return problem(c, 'internal')
  c.header('Retry-After', '5')
  return problem(c, 'unavailable')
})
