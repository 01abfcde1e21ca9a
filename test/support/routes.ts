import { api } from '../../src/api/routes.tsx'
import { mountDoor } from '../../src/app.tsx'
import { readSettings } from '../../src/env.ts'
import { web } from '../../src/web/routes.tsx'
import { authSecret } from './clinic.ts'

/** Every route of the doors as mounted; no request is made. */
export function routesOfApp(): { method: string; path: string }[] {
  const limit = { limit: async () => ({ success: true }) }
  const settings = readSettings({
    ENVIRONMENT: 'local',
    DATABASE_URL: 'postgres://user:hush@localhost/nowhere',
    AUTH_SECRET: authSecret,
    MAIL_FROM: 'clinic@example.com',
    CLINIC_PHONE: '+62 21 5550 1234',
    RESEND_API_KEY: 'test',
    READ_LIMIT: limit,
    WRITE_LIMIT: limit,
    SIGN_IN_LIMIT: limit,
  })
  const pages = mountDoor(settings, '/', web).routes
  const ofApi = mountDoor(settings, '/api', api).routes.filter(({ path }) => path.startsWith('/api'))
  return [...ofApi, ...pages]
}
