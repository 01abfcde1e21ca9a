import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { WouldStrand } from '../clinic/errors.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { allowCrossOriginReads } from '../http/cross-origin.ts'
import { refuseErrors } from '../http/errors.ts'
import { allowOnly, everyRequest, refuse } from './conventions.ts'
import { isProblemCode, problem, problems } from './problem.ts'
import { ProblemPage } from './problem-page.tsx'
import { v1 } from './v1.ts'

export const api = new Hono<AppEnv>()

const publicReads = [
  ...['/docs', '/v1', '/v1/openapi.json', '/problems/:code'],
  ...['/v1/doctors', '/v1/doctors/:id', '/v1/doctors/:id/slots', '/v1/doctors/:id/weekly-hours'],
  ...['/v1/locations', '/v1/locations/:id', '/v1/sessions', '/v1/slots'],
  ...['/v1/visit-types', '/v1/visit-types/:id'],
]
for (const path of publicReads) api.use(path, allowCrossOriginReads)

// Before keys are read and requests counted: these are the same for everyone, with a cache in front.
api.get('/v1/openapi.json', conditionalGet, (c) => c.var.askPublic(c.req.path))
api.all('/v1/openapi.json', allowOnly('GET, HEAD'))
api.get('/docs', conditionalGet, (c) => c.var.askPublic(c.req.path))
api.all('/docs', allowOnly('GET, HEAD'))

api.use('/v1/*', ...everyRequest)
api.route('/v1', v1)

/** Links to the description, the reference and the status (RFC 8631). */
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

/** Where a problem's `type` leads: a page for people, JSON for programs. */
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

api.onError((error, c) =>
  error instanceof WouldStrand
    ? problem(c, 'would_strand', { stranded: error.appointments })
    : refuseErrors(refuse)(error, c),
)
