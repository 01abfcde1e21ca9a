import { appointmentFailures } from '../../drizzle/schema/appointment-failures.ts'
import { appointmentResponses } from '../../drizzle/schema/appointment-responses.ts'
import { appointments } from '../../drizzle/schema/appointments.ts'
import { claims } from '../../drizzle/schema/claims.ts'
import { events } from '../../drizzle/schema/events.ts'
import { series } from '../../drizzle/schema/series.ts'
import { type CopiedTable, copied } from './columns.ts'
import { facts, freeText, requestId, token } from './pseudonyms.ts'

/** What was agreed, and what happened to it. */
export const appointmentTables: CopiedTable[] = [
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
