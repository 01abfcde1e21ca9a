import { Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { readHealth } from '../../clinic/health/read-health.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { observability } from '../../observability/settings.ts'
import { frameOf } from '../frame.ts'
import { EmailPage } from './email-page.tsx'
import { HealthPage } from './health-page.tsx'
import { history } from './history/routes.tsx'
import { locations } from './locations/routes.tsx'
import { messageTexts } from './messages/routes.tsx'
import { resources } from './resources/routes.tsx'
import { security } from './security-routes.tsx'
import { visitTypes } from './visit-types/routes.tsx'
import { why } from './why/routes.tsx'

export const admin = new Hono<AppEnv>()

admin.route('/', history)
admin.route('/', locations)
admin.route('/', resources)
admin.route('/', why)
admin.route('/', visitTypes)
admin.route('/security', security)
admin.route('/messages', messageTexts)

admin.get('/health', async (c) => {
  const { clinic } = c.var
  const { environment, release } = observability
  const health = await readHealth(clinic)
  return c.html(<HealthPage frame={frameOf(c)} {...{ health, environment, release }} now={clinic.now} />)
})

admin.get('/email', async (c) => {
  requireRight(c.var.clinic.actor, 'see health')
  return c.html(<EmailPage frame={frameOf(c)} checks={await c.var.checkEmailDomain()} />)
})
