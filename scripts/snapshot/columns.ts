import { getTableName } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { accountLinks } from '../../drizzle/schema/account-links.ts'
import { accountLocations } from '../../drizzle/schema/account-locations.ts'
import { accountPatients } from '../../drizzle/schema/account-patients.ts'
import { accounts } from '../../drizzle/schema/accounts.ts'
import { apiKeys } from '../../drizzle/schema/api-keys.ts'
import { appointmentFailures } from '../../drizzle/schema/appointment-failures.ts'
import { appointmentResponses } from '../../drizzle/schema/appointment-responses.ts'
import { appointments } from '../../drizzle/schema/appointments.ts'
import { claims } from '../../drizzle/schema/claims.ts'
import { clinicSettings } from '../../drizzle/schema/clinic-settings.ts'
import { closures } from '../../drizzle/schema/closures.ts'
import { correctionRequests } from '../../drizzle/schema/correction-requests.ts'
import { dayNotes } from '../../drizzle/schema/day-notes.ts'
import { doctorLocations } from '../../drizzle/schema/doctor-locations.ts'
import { doctorVisitTypes } from '../../drizzle/schema/doctor-visit-types.ts'
import { doctors } from '../../drizzle/schema/doctors.ts'
import { emailChanges } from '../../drizzle/schema/email-changes.ts'
import { eventHeads } from '../../drizzle/schema/event-heads.ts'
import { events } from '../../drizzle/schema/events.ts'
import { idempotencyKeys } from '../../drizzle/schema/idempotency-keys.ts'
import { locations } from '../../drizzle/schema/locations.ts'
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
import { patients } from '../../drizzle/schema/patients.ts'
import { replacedHeads } from '../../drizzle/schema/replaced-heads.ts'
import { resourceAbsences } from '../../drizzle/schema/resource-absences.ts'
import { resourceHours } from '../../drizzle/schema/resource-hours.ts'
import { resources } from '../../drizzle/schema/resources.ts'
import { securityCounts } from '../../drizzle/schema/security-counts.ts'
import { securityEvents } from '../../drizzle/schema/security-events.ts'
import { series } from '../../drizzle/schema/series.ts'
import { sessions } from '../../drizzle/schema/sessions.ts'
import { signInCodes } from '../../drizzle/schema/sign-in-codes.ts'
import { strandings } from '../../drizzle/schema/strandings.ts'
import { timeOff } from '../../drizzle/schema/time-off.ts'
import { tombstones } from '../../drizzle/schema/tombstones.ts'
import { travelTimes } from '../../drizzle/schema/travel-times.ts'
import { verifications } from '../../drizzle/schema/verifications.ts'
import { visitTypeNeeds } from '../../drizzle/schema/visit-type-needs.ts'
import { visitTypes } from '../../drizzle/schema/visit-types.ts'
import { walkIns } from '../../drizzle/schema/walk-ins.ts'
import { weeklyHours } from '../../drizzle/schema/weekly-hours.ts'
import {
  address,
  email,
  facts,
  freeText,
  mobile,
  personName,
  phone,
  placeName,
  type Replacement,
  requestId,
  systemName,
  token,
} from './pseudonyms.ts'

/**
 * How to copy a column. `keep` is for ids, times, numbers and values of closed lists. `drop` leaves it null, or to be computed
 * when the copy is opened.
 */
type Rule = 'keep' | 'drop' | Replacement

/** Does not compile unless it lists every column of the table. */
type Rules<Table extends PgTable> = { [Column in keyof Table['_']['columns']]: Rule }

export interface CopiedTable {
  name: string
  /** By the column's database name. */
  rules: Map<string, Rule>
}

export function copied<Table extends PgTable>(table: Table, rules: Rules<Table>): CopiedTable {
  const columns = getTableConfig(table).columns
  const byProperty = Object.entries(table).filter(([, column]) => columns.includes(column))
  return {
    name: getTableName(table),
    rules: new Map(byProperty.map(([property, { name }]) => [name, rules[property as keyof Rules<Table>]])),
  }
}

/** The copied tables, each after those it references. Public data about visits is kept unchanged. */
export const copiedTables: CopiedTable[] = [
  copied(locations, {
    id: 'keep',
    name: placeName,
    timeZone: 'keep',
    address,
    phone,
    directions: freeText,
    email,
    wantedMessages: 'keep',
    isActive: 'keep',
  }),
  copied(travelTimes, { oneLocationId: 'keep', otherLocationId: 'keep', minutes: 'keep' }),
  copied(doctors, {
    id: 'keep',
    resourceId: 'keep',
    role: 'keep',
    isActive: 'keep',
    locationId: 'keep',
    name: personName,
    specialty: 'keep',
    gridMinutes: 'keep',
  }),
  copied(doctorLocations, { doctorId: 'keep', locationId: 'keep' }),
  copied(resources, {
    id: 'keep',
    locationId: 'keep',
    type: 'keep',
    kind: 'keep',
    name: placeName,
    sortOrder: 'keep',
    isActive: 'keep',
  }),
  copied(resourceHours, {
    id: 'keep',
    resourceId: 'keep',
    weekday: 'keep',
    opensAt: 'keep',
    closesAt: 'keep',
  }),
  copied(resourceAbsences, {
    id: 'keep',
    resourceId: 'keep',
    startsAt: 'keep',
    endsAt: 'keep',
    reason: freeText,
  }),
  copied(weeklyHours, {
    id: 'keep',
    doctorId: 'keep',
    locationId: 'keep',
    weekday: 'keep',
    opensAt: 'keep',
    closesAt: 'keep',
    startsOn: 'keep',
    endsOn: 'keep',
  }),
  copied(visitTypes, {
    id: 'keep',
    name: 'keep',
    mode: 'keep',
    minutes: 'keep',
    bufferBeforeMinutes: 'keep',
    bufferAfterMinutes: 'keep',
    noticeMinutes: 'keep',
    horizonDays: 'keep',
    cancellationNoticeMinutes: 'keep',
    dailyCap: 'keep',
    bookableOnline: 'keep',
    isActive: 'keep',
    requiresApproval: 'keep',
    approvalHours: 'keep',
    capacity: 'keep',
    reminderDays: 'keep',
    isSilent: 'keep',
    bring: 'keep',
    preparation: 'keep',
  }),
  copied(doctorVisitTypes, { doctorId: 'keep', visitTypeId: 'keep' }),
  copied(visitTypeNeeds, {
    id: 'keep',
    visitTypeId: 'keep',
    type: 'keep',
    role: 'keep',
    specialty: 'keep',
    kinds: 'keep',
    beforeMinutes: 'keep',
    afterMinutes: 'keep',
  }),
  copied(timeOff, {
    id: 'keep',
    doctorId: 'keep',
    locationId: 'keep',
    startsAt: 'keep',
    endsAt: 'keep',
    kind: 'keep',
    reason: freeText,
  }),
  copied(closures, { id: 'keep', locationId: 'keep', startsAt: 'keep', endsAt: 'keep', reason: freeText }),
  copied(patients, {
    id: 'keep',
    name: personName,
    calledName: personName,
    // It would identify many, and a copy does not need it.
    birthDate: 'drop',
    phone: mobile,
    contactEmail: email,
    email,
    version: 'keep',
    sex: 'keep',
    languages: 'keep',
    preferredChannel: 'keep',
    address,
    deskNote: 'drop',
    isDeceased: 'keep',
    isActive: 'keep',
    movedToId: 'keep',
    isOnLegalHold: 'keep',
    erasedAt: 'keep',
    createdAt: 'keep',
  }),
  copied(accounts, {
    id: 'keep',
    email,
    emailVerified: 'keep',
    name: personName,
    image: 'drop',
    role: 'keep',
    doctorId: 'keep',
    termsAcceptedAt: 'keep',
    closedAt: 'keep',
    wantedMessages: 'keep',
    createdAt: 'keep',
    updatedAt: 'keep',
  }),
  copied(accountPatients, {
    accountId: 'keep',
    patientId: 'keep',
    relation: 'keep',
    linkedAt: 'keep',
    endsOn: 'keep',
    noticeSentAt: 'keep',
  }),
  copied(apiKeys, {
    id: 'keep',
    name: systemName,
    keyHash: token,
    ownerId: 'keep',
    role: 'keep',
    scopes: 'keep',
    issuedByKeyId: 'keep',
    issuedBy: 'keep',
    lastUsedAt: 'keep',
    expiresAt: 'keep',
    revokedAt: 'keep',
    createdAt: 'keep',
  }),
  copied(series, {
    id: 'keep',
    patientId: 'keep',
    doctorId: 'keep',
    visitTypeId: 'keep',
    rule: 'keep',
    createdAt: 'keep',
    createdById: 'keep',
  }),
  copied(claims, {
    appointmentId: 'keep',
    resourceId: 'keep',
    part: 'keep',
    doctorId: 'keep',
    needId: 'keep',
    beforeMinutes: 'keep',
    afterMinutes: 'keep',
    locationId: 'keep',
    during: 'keep',
    expiresAt: 'keep',
  }),
  copied(appointments, {
    id: 'keep',
    doctorId: 'keep',
    locationId: 'keep',
    awaitsApproval: 'keep',
    capacity: 'keep',
    sessionId: 'keep',
    place: 'keep',
    seriesId: 'keep',
    patientId: 'keep',
    status: 'keep',
    startAt: 'keep',
    endAt: 'keep',
    visitTypeId: 'keep',
    bufferBeforeMinutes: 'keep',
    bufferAfterMinutes: 'keep',
    holdExpiresAt: 'keep',
    strangerId: token,
    strangerAddressHash: token,
    strangerWiderHash: token,
    eventCount: 'keep',
    lastEventHash: 'drop',
    overrideReason: freeText,
    reasonForVisit: freeText,
    arrivedAt: 'keep',
    startedAt: 'keep',
    note: freeText,
    patientOccupied: 'drop',
    doctorOccupied: 'drop',
  }),
  copied(appointmentResponses, {
    appointmentId: 'keep',
    patientId: 'keep',
    startAt: 'keep',
    respondedAt: 'keep',
  }),
  copied(appointmentFailures, {
    countedAt: 'keep',
    door: 'keep',
    code: 'keep',
    doctorId: 'keep',
    failures: 'keep',
  }),
  copied(events, {
    id: 'keep',
    appointmentId: 'keep',
    number: 'keep',
    kind: 'keep',
    at: 'keep',
    actorKind: 'keep',
    accountId: 'keep',
    apiKeyId: 'keep',
    requestId,
    reason: freeText,
    before: facts,
    after: facts,
    // The original hash would confirm a guess of the original text. The chain is rebuilt over the replaced text.
    previousHash: 'drop',
    hash: 'drop',
    reasonSalt: 'drop',
    reasonHash: 'drop',
  }),
]

/**
 * Identifiers and what happened to a record would name people again. Tokens and passkeys are as good as the person; codes and kept answers name people, and last a day; the security log says
 * where people are. Messages name people,
 * and a copy must never send what waits. A copy has the default settings, no tombstones, and anchors of its own for its rebuilt chains.
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
