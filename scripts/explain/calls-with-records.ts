import { acceptInvitation } from '../../src/clinic/accounts/accept-invitation.ts'
import { restoreAccess } from '../../src/clinic/accounts/restore-access.ts'
import { unlinkPatient } from '../../src/clinic/accounts/unlink.ts'
import { correctPatient } from '../../src/clinic/patients/correct.ts'
import {
  acceptCorrection,
  declineCorrection,
  findOpenRequests,
} from '../../src/clinic/patients/correction-requests.ts'
import { endLinks } from '../../src/clinic/patients/end-links.ts'
import { exportOwnData, exportPatient } from '../../src/clinic/patients/export.ts'
import { findPatientAccesses } from '../../src/clinic/patients/find-accesses.ts'
import { findPatientHistory } from '../../src/clinic/patients/find-history.ts'
import { findLinks } from '../../src/clinic/patients/find-links.ts'
import { inviteToPatient } from '../../src/clinic/patients/invite.ts'
import { linkPatient } from '../../src/clinic/patients/link.ts'
import { findOwnPatients, readCorrectPage } from '../../src/clinic/patients/read-correct-page.ts'
import { readFamilyPage } from '../../src/clinic/patients/read-family-page.ts'
import { readOwnDataPage } from '../../src/clinic/patients/read-own-data-page.ts'
import { readPatientPage } from '../../src/clinic/patients/read-patient-page.ts'
import { withdrawInvitations } from '../../src/clinic/patients/withdraw-invitations.ts'
import { findAskings } from '../../src/clinic/settings/askings.ts'
import { readWelcomePage } from '../../src/clinic/settings/read-welcome-page.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Corrects records, invites people to them, and hands out what they hold. */
export const callsWithRecords: Calls[] = [correctRecords, invitePeople, linkPeople, takeDataAlong]

const writeMail = () => ({ subject: 'Explained', text: '' })

async function correctRecords({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const [desk, own] = [clinic.context(as.desk), clinic.context(as.patient)]
  const { patientId: id } = cast
  const identified = (value: string) => ({ id, identifiers: [{ issuer: 'record' as const, value }] })
  await call('a record is corrected', () =>
    correctPatient(desk, { ...identified('EXPLAINED'), deskNote: 'Late' }),
  )
  await refused('a record gets another’s number', 'identifier_taken', () =>
    correctPatient(desk, identified('FILLER-100')),
  )
  await refused('a record is corrected that has changed', 'stale', () =>
    correctPatient(desk, { id, version: 999_999, phone: null }),
  )
  for (const decide of [acceptCorrection, declineFor]) {
    const name = `Explained ${decide.name}`
    const { request } = await call('a patient asks for a correction', () => correctPatient(own, { id, name }))
    await call('open requests are listed', () => findOpenRequests(desk, { limit: 20 }))
    await call('… after a page', () => findOpenRequests(desk, { limit: 20, after: 5_000 }))
    await call('… and those of a patient', () => findOpenRequests(own, { limit: 20 }))
    await call('a request is decided', () => decide(desk, request?.id ?? 0))
  }
  await call('what a patient corrects is read', () => readCorrectPage(own, id))
  await call('whom a patient may correct is read', () => findOwnPatients(own))
}

const declineFor: typeof acceptCorrection = (ctx, id) =>
  declineCorrection(ctx, { id, reason: 'As in the passport' })

async function invitePeople({ cast, as, sql, ...clinic }: Explained, { call, refused }: Recorder) {
  const [desk, own] = [clinic.context(as.desk), clinic.context(as.patient)]
  const { patientId } = cast
  const email = 'filler-15@example.com'
  const invite = (ctx = desk) => inviteToPatient(ctx, patientId, { email, relation: 'dependant', writeMail })
  const key = clinic.keyed(as.desk)
  await call('someone is invited', () => invite(key))
  await call('… and again with the same key', () => invite(key))
  const { invitation, code } = await call('a patient invites them, too', () => invite(own))
  const { rows } = await sql.query(`select id::int from accounts where email = '${email}'`)
  const accountId: number = rows[0].id
  await sql.query(
    `insert into sessions (account_id, token_hash, expires_at)
     values ($1::bigint, 'explained ' || $1::bigint, now() + interval '1 year')`,
    [accountId],
  )
  const invited = clinic.context({ kind: 'patient', accountId, patientIds: [] })
  await call('what a new account is asked is read', () => findAskings(own))
  await call('who signs up and is invited reads of it', () => readWelcomePage(invited, accountId))
  await call('who is invited reads of it', () => readFamilyPage(invited))
  await refused('a wrong code is tried', 'wrong_fact', () =>
    acceptInvitation(invited, invitation.id, { code: '' }),
  )
  await call('an invitation is accepted', () =>
    acceptInvitation(invited, invitation.id, { code: code.replace(/\D/g, '') }),
  )
  await call('a family is read', () => readFamilyPage(own))
  await call('who may act for a patient is read', () => findLinks(desk, patientId))
  await call('a patient’s page is read', () => readPatientPage(desk, patientId))
  await call('the invited person gives the record back', () =>
    unlinkPatient(invited, { patientId, accountId }),
  )
  await call('invitations are withdrawn', () => withdrawInvitations(own, patientId))
}

async function linkPeople({ as, sql, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const desk = clinic.context(as.desk)
  const email = 'filler-16@example.com'
  const { rows } = await sql.query(
    "insert into patients (name, birth_date) values ('Explained Child', current_date - 6000) returning id::int",
  )
  const patientId: number = rows[0].id
  const link = () => linkPatient(desk, patientId, { email, relation: 'dependant' })
  const { accountId } = await call('an account is linked', link)
  await refused('… and again', 'already_linked', link)
  const grown = { now: new Date(now.getTime() + 600 * 86_400_000) }
  const away = { send: () => Promise.reject(new Error('The mailbox is full.')) }
  await call('a mail that a link ends is not accepted', () =>
    endLinks(clinic.context(as.system, { ...grown, mail: away }), writeMail),
  )
  await call('the account is told that the link ends', () =>
    endLinks(clinic.context(as.system, grown), writeMail),
  )
  const later = { now: new Date(grown.now.getTime() + 60_000) }
  await call('the link ends', () => endLinks(clinic.context(as.system, later), writeMail))
  const found = { email: 'explained.found@example.com', reason: 'ID card', writeMail }
  await call('access to an account is restored', () => restoreAccess(desk, accountId, found))
}

async function takeDataAlong({ cast, as, sql, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const [desk, own] = [clinic.context(as.desk), clinic.context(as.patient)]
  const { patientId, accountId } = cast
  await call('a record is exported', () => exportPatient(desk, patientId))
  await call('whose data a patient may take along is read', () => readOwnDataPage(own))
  const signedInAt = (instant: Date) =>
    sql.query('update sessions set created_at = $2 where account_id = $1', [accountId, instant])
  await signedInAt(new Date(now.getTime() - 3_600_000))
  await refused('data is taken along long after signing in', 'not_confirmed', () =>
    exportOwnData(own, patientId),
  )
  await signedInAt(now)
  await call('data is taken along', () => exportOwnData(own, patientId))
  await call('what happened to a record is read', () => findPatientHistory(desk, { patientId, limit: 2 }))
  await call('… after a page', () => findPatientHistory(desk, { patientId, limit: 2, after: 1_000_000 }))
  for (const [who, ctx] of [
    ['the front desk', desk],
    ['a patient', own],
  ] as const) {
    const { next } = await call(`${who} reads who opened a record`, () =>
      findPatientAccesses(ctx, { patientId, limit: 1 }),
    )
    await call('… after a page', () =>
      findPatientAccesses(ctx, { patientId, limit: 1, after: next ?? { at: now, id: 1 } }),
    )
  }
}
