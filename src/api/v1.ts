import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { accountsApi } from './accounts.ts'
import { apiKeysApi } from './api-keys.ts'
import { appointmentsApi } from './appointments.ts'
import { correctionRequestsApi } from './correction-requests.ts'
import { doctorsApi } from './doctors.ts'
import { healthApi } from './health.ts'
import { holdsApi } from './holds.ts'
import { locationsApi } from './locations.ts'
import { messagesApi } from './messages.ts'
import { patientDataApi } from './patient-data.ts'
import { patientErasures } from './patient-erasures.ts'
import { patientInvitationsApi } from './patient-invitations.ts'
import { patientLinksApi } from './patient-links.ts'
import { patientsApi } from './patients.ts'
import { resourcesApi } from './resources.ts'
import { securityEventsApi } from './security-events.ts'
import { seriesApi } from './series.ts'
import { sessionsApi } from './sessions.ts'
import { settingsApi } from './settings.ts'
import { slotsApi } from './slots.ts'
import { travelTimesApi } from './travel-times.ts'
import { visitTypesApi } from './visit-types.ts'
import { walkInsApi } from './walk-ins.ts'

/** The operations below `/api/v1`, one router per noun. Each is described in description/registry.ts. */
export const v1 = new Hono<AppEnv>()

v1.route('/accounts', accountsApi)
v1.route('/api-keys', apiKeysApi)
v1.route('/appointments', appointmentsApi)
v1.route('/correction-requests', correctionRequestsApi)
v1.route('/doctors', doctorsApi)
v1.route('/health', healthApi)
v1.route('/holds', holdsApi)
v1.route('/locations', locationsApi)
v1.route('/messages', messagesApi)
v1.route('/patients', patientDataApi)
v1.route('/patients', patientsApi)
v1.route('/patients', patientErasures)
v1.route('/patients', patientLinksApi)
v1.route('/patients', patientInvitationsApi)
v1.route('/resources', resourcesApi)
v1.route('/security-events', securityEventsApi)
v1.route('/series', seriesApi)
v1.route('/sessions', sessionsApi)
v1.route('/settings', settingsApi)
v1.route('/slots', slotsApi)
v1.route('/travel-times', travelTimesApi)
v1.route('/visit-types', visitTypesApi)
v1.route('/walk-ins', walkInsApi)
