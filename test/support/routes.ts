import { operations } from '../../src/api/description/registry.ts'
import { createApp } from '../../src/app.tsx'
import { readSettings } from '../../src/env.ts'
import { authSecret } from './clinic.ts'

interface Route {
  method: string
  path: string
}

/** Every route of the app as mounted; no request is made. */
function mountedRoutes(): Route[] {
  const limit = { limit: async () => ({ success: true }) }
  const settings = readSettings({
    ENVIRONMENT: 'local',
    DATABASE_URL: 'postgres://user:hush@localhost/nowhere',
    AUTH_SECRET: authSecret,
    MAIL_FROM: 'clinic@example.com',
    SITE_URL: 'https://booking.example.com',
    CALENDAR_DOMAIN: 'example.com',
    CLINIC_PHONE: '+62 21 5550 1234',
    RESEND_API_KEY: 'test',
    READ_LIMIT: limit,
    WRITE_LIMIT: limit,
    SIGN_IN_LIMIT: limit,
    SEARCH_LIMIT: limit,
    WIDER_LIMIT: limit,
  })
  return createApp(settings).routes
}

/** The routes below `/api/v1` that answer something, and are to be described. The description does not describe itself. */
export function routesOfApi(): string[] {
  return mountedRoutes()
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => route !== 'GET /api/v1/openapi.json')
}

/**
 * Every operation of the API, and every other route that answers something. An operation that is mounted but not
 * described is not here: test/api/description.test.ts reports it, and no other test has to.
 */
export function allRoutes(): Route[] {
  const others = mountedRoutes().filter(
    ({ method, path }) =>
      method !== 'ALL' && (!path.startsWith('/api/v1/') || path === '/api/v1/openapi.json'),
  )
  const described = operations.map(({ route }) => {
    const [method = '', path = ''] = route.split(' ')
    return { method, path }
  })
  const all = [...described, ...others]
  // A route with middleware of its own is mounted once for each.
  const nameOf = ({ method, path }: Route) => `${method} ${path}`
  return [...new Map(all.map((route) => [nameOf(route), route])).values()]
}
