import { absences } from './absences.ts'
import { accounts } from './accounts.ts'
import { appointmentChanges } from './appointment-changes.ts'
import { appointments } from './appointments.ts'
import { clinic } from './clinic.ts'
import { doctors } from './doctors.ts'
import { healthSection } from './health.ts'
import { holds } from './holds.ts'
import { messages } from './messages.ts'
import type { Operation, Section } from './operation.ts'
import { patientData } from './patient-data.ts'
import { patientErasures } from './patient-erasures.ts'
import { patientFlagSection } from './patient-flags.ts'
import { patientInvitations } from './patient-invitations.ts'
import { patientMerges } from './patient-merges.ts'
import { patients } from './patients.ts'
import { resources } from './resources.ts'
import { securityLog } from './security-log.ts'
import { series } from './series.ts'
import { sessions } from './sessions.ts'
import { slots } from './slots.ts'
import { travelTimes } from './travel-times.ts'

/** The groups of operations, in the order in which the reference shows them. */
export const sections: Section[] = [
  slots,
  appointments,
  holds,
  series,
  appointmentChanges,
  sessions,
  doctors,
  resources,
  absences,
  patients,
  patientMerges,
  patientErasures,
  patientFlagSection,
  patientData,
  patientInvitations,
  messages,
  clinic,
  travelTimes,
  accounts,
  securityLog,
  healthSection,
]

export interface RegisteredOperation extends Operation {
  method: string
  /** Below `/api/v1`, such as `/doctors/{id}`. */
  address: string
  /** As the app mounts it, such as `GET /api/v1/doctors/:id`. */
  route: string
  section: string
}

/** Every operation below `/api/v1`. The OpenAPI document, sample calls and tests are made from this list. */
export const operations: RegisteredOperation[] = sections.flatMap((section) =>
  Object.entries(section.operations).map(([key, operation]) => {
    const [method = '', address = ''] = key.split(' ')
    const route = `${method} /api/v1${address.replace(/\{(\w+)\}/g, ':$1')}`
    return { ...operation, method, address, route, section: section.name }
  }),
)

/** The rate limit that counts calls of the operation. */
export const rateLimitOf = ({ method, address }: RegisteredOperation) =>
  method === 'GET' ? (/\/slots(\/explanation)?$/.test(address) ? 'search' : 'read') : 'write'
