import { getTableName } from 'drizzle-orm'
import { accountLinks } from '../../drizzle/schema/account-links.ts'
import { accountLocations } from '../../drizzle/schema/account-locations.ts'
import { clinicSettings } from '../../drizzle/schema/clinic-settings.ts'
import { correctionRequests } from '../../drizzle/schema/correction-requests.ts'
import { dayNotes } from '../../drizzle/schema/day-notes.ts'
import { emailChanges } from '../../drizzle/schema/email-changes.ts'
import { eventHeads } from '../../drizzle/schema/event-heads.ts'
import { idempotencyKeys } from '../../drizzle/schema/idempotency-keys.ts'
import { markedAddresses } from '../../drizzle/schema/marked-addresses.ts'
import { messageAppointments } from '../../drizzle/schema/message-appointments.ts'
import { messagePreferences } from '../../drizzle/schema/message-preferences.ts'
import { messageTexts } from '../../drizzle/schema/message-texts.ts'
import { messages } from '../../drizzle/schema/messages.ts'
import { outbox } from '../../drizzle/schema/outbox.ts'
import { passkeys } from '../../drizzle/schema/passkeys.ts'
import { patientAccesses } from '../../drizzle/schema/patient-accesses.ts'
import { patientEvents } from '../../drizzle/schema/patient-events.ts'
import { flags } from '../../drizzle/schema/patient-flags.ts'
import { patientIdentifiers } from '../../drizzle/schema/patient-identifiers.ts'
import { patientInvitations } from '../../drizzle/schema/patient-invitations.ts'
import { patientMerges } from '../../drizzle/schema/patient-merges.ts'
import { patientSearchKeys } from '../../drizzle/schema/patient-search-keys.ts'
import { replacedHeads } from '../../drizzle/schema/replaced-heads.ts'
import { securityCounts } from '../../drizzle/schema/security-counts.ts'
import { securityEvents } from '../../drizzle/schema/security-events.ts'
import { sessions } from '../../drizzle/schema/sessions.ts'
import { settingsEvents } from '../../drizzle/schema/settings-events.ts'
import { settingsStates } from '../../drizzle/schema/settings-states.ts'
import { signInCodes } from '../../drizzle/schema/sign-in-codes.ts'
import { strandings } from '../../drizzle/schema/strandings.ts'
import { tombstones } from '../../drizzle/schema/tombstones.ts'
import { verifications } from '../../drizzle/schema/verifications.ts'
import { walkIns } from '../../drizzle/schema/walk-ins.ts'
import type { CopiedTable } from './columns.ts'
import { appointmentTables } from './copied-appointments.ts'
import { clinicTables } from './copied-clinic.ts'
import { peopleTables } from './copied-people.ts'

/** The copied tables, each after those it references. */
export const copiedTables: CopiedTable[] = [...clinicTables, ...peopleTables, ...appointmentTables]

/**
 * Not copied. Identifiers, records' histories, messages, walk-ins and notes name people; codes and kept answers do too, and
 * last a day. Tokens and passkeys are as good as the person. The security log says where people are. A copy has the default
 * settings, without their history, and no tombstones; it never sends what was waiting, and anchors its rebuilt chains itself.
 */
export const leftOut: string[] = [
  patientSearchKeys,
  patientIdentifiers,
  patientEvents,
  patientAccesses,
  patientMerges,
  patientInvitations,
  correctionRequests,
  sessions,
  signInCodes,
  passkeys,
  accountLinks,
  emailChanges,
  securityEvents,
  securityCounts,
  verifications,
  idempotencyKeys,
  clinicSettings,
  settingsStates,
  settingsEvents,
  eventHeads,
  replacedHeads,
  tombstones,
  outbox,
  messages,
  messageAppointments,
  messagePreferences,
  messageTexts,
  markedAddresses,
  accountLocations,
  dayNotes,
  walkIns,
  strandings,
  flags,
].map((table) => getTableName(table))
