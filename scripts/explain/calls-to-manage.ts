import { findApiKeys, issueApiKey } from '../../src/clinic/accounts/api-keys.ts'
import { completeAccount } from '../../src/clinic/accounts/complete-account.ts'
import { endAllSessions, endSession, signOut } from '../../src/clinic/accounts/end-sessions.ts'
import { findApiClient, findVisitor } from '../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../src/clinic/accounts/hash-key.ts'
import { changeRole, findAccounts } from '../../src/clinic/accounts/manage-accounts.ts'
import { readAccountPage } from '../../src/clinic/accounts/read-account-page.ts'
import { sendSignInCode } from '../../src/clinic/accounts/send-sign-in-code.ts'
import { signIn } from '../../src/clinic/accounts/sign-in.ts'
import { closeLocation, findClosures, reopenLocation } from '../../src/clinic/availability/close-location.ts'
import { defineVisitType, defineVisitTypeInput } from '../../src/clinic/availability/define-visit-type.ts'
import { redefineVisitType } from '../../src/clinic/availability/redefine-visit-type.ts'
import { findTimeOff, takeTimeOff, withdrawTimeOff } from '../../src/clinic/availability/take-time-off.ts'
import { changeDoctor } from '../../src/clinic/doctors/change.ts'
import { hireDoctor, hireDoctorInput } from '../../src/clinic/doctors/hire.ts'
import { changeLocation } from '../../src/clinic/locations/change.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { findResources } from '../../src/clinic/resources/find.ts'
import { changeSettings, readSecurityLog, writeMessages } from './calls-of-admins.ts'
import { ownAccounts } from './calls-of-owners.ts'
import { retire } from './calls-to-retire.ts'
import { usePasskeys } from './calls-with-passkeys.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/**
 * Signs in, manages accounts, reads the security log, changes settings, registers patients and enters absences, in the
 * variants that send other statements.
 */
export const callsToManage: Calls[] = [
  signInAndOut,
  usePasskeys,
  ownAccounts,
  manageAccounts,
  readSecurityLog,
  changeSettings,
  writeMessages,
  registerPatients,
  goAway,
  workElsewhere,
  refuseVisitType,
  retire,
]

async function signInAndOut({ as, mails, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const ctx = clinic.context(as.stranger)
  const writeMail = (code: string) => ({ subject: 'Code', text: code })
  const by = { browser: 'explained', isKnownBrowser: false, passedChallenge: false }
  const newcomer = 'new.account@example.com'
  for (const email of ['filler-7@example.com', newcomer]) {
    await call(`a code is sent to ${email}`, () =>
      sendSignInCode(ctx, { email, ...by, writeMail, writeOpenMail: writeMail }),
    )
    const code = mails[0]?.text ?? ''
    const wrong = code === '000000' ? '000001' : '000000'
    const attempt = { email, ...by, replaces: 'the token before' }
    await refused('a wrong code is tried', 'wrong_code', () => signIn(ctx, { ...attempt, code: wrong }))
    const { token, visitor } = await call('the code signs in', () => signIn(ctx, { ...attempt, code }))
    const { accountId } = visitor
    await call('a session is looked up', () => findVisitor(ctx.db, hashKey(token), now))
    const later = new Date(now.getTime() + 300_000)
    await call('… and again five minutes later', () => findVisitor(ctx.db, hashKey(token), later))
    const sessionHash = hashKey(token)
    await call('an account is completed', () =>
      completeAccount({ ...ctx, sessionHash }, accountId, { name: 'New Patient' }),
    )
    const own = clinic.context({ kind: 'patient', accountId, patientIds: [] }, { sessionHash })
    await call('an account’s page is read', () => readAccountPage(own))
    await refused('a session that has ended is ended', 'NotFound', () => endSession(own, 0))
    // Either ends the session, and with it the right to do the other.
    if (email === newcomer) await call('an account signs out everywhere', () => endAllSessions(own))
    else await call('a visitor signs out', () => signOut(ctx, token))
  }
}

async function manageAccounts({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const admin = clinic.context(as.admin)
  const keyed = clinic.keyed(as.admin)
  const { rows } = await clinic.sql.query("select id::int from accounts where email = 'filler-9@example.com'")
  const ownerId: number = rows[0].id
  const input = {
    name: 'A ward',
    ownerId,
    role: 'patient' as const,
    scopes: ['appointments:read' as const],
  }
  const issued = await call('a key is issued', () => issueApiKey(keyed, input))
  await call('… and again with the same key', () => issueApiKey(keyed, input))
  const hash = hashKey(issued.ok ? issued.key : '')
  await call('a key is looked up', () => findApiClient(admin.db, hash, now))
  await call('keys are listed after a page', () => findApiKeys(admin, { limit: 50, after: 100 }))
  await call('accounts are listed after a page', () => findAccounts(admin, { limit: 50, after: 100 }))
  await call('an account is looked for', () => findAccounts(admin, { email: 'zero@example.com', limit: 1 }))
  await call('an account becomes the front desk’s', () => changeRole(admin, ownerId, { role: 'front_desk' }))
}

async function registerPatients({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const keyed = clinic.keyed(as.desk)
  const input = { name: 'Another Patient', email: 'registered@example.com', accountId: cast.accountId }
  await call('a patient is registered', () => registerPatient(keyed, input))
  await call('… and again with the same key', () => registerPatient(keyed, input))
  await call('a patient of the same name is registered', () =>
    registerPatient(clinic.context(as.desk), { ...input, confirmed: true }),
  )
  const known = { name: 'Gede Sudiarta', birthDate: '1990-05-17', phone: '+6281234567890' }
  await call('a patient with a birth date and a phone is registered', () =>
    registerPatient(clinic.context(as.desk), known),
  )
  await refused('… and again', 'may_exist', () => registerPatient(clinic.context(as.desk), known))
  await call('a patient registers a child', () =>
    registerPatient(clinic.context(as.patient), { name: 'Child' }),
  )
}

async function goAway({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId } = cast
  const [doctorId] = doctors
  const doctor = clinic.context(as.doctor)
  const desk = clinic.context(as.desk)
  const christmas = { startLocal: '2031-12-24T00:00', endLocal: '2031-12-27T00:00', reason: 'Christmas' }
  const long = { startLocal: '2026-06-01T00:00', endLocal: '2028-05-31T00:00' }
  const off = await call('a doctor takes time off', () => takeTimeOff(doctor, doctorId, christmas))
  await call('a doctor takes the same time off', () => takeTimeOff(doctor, doctorId, christmas))
  const years = await call('a doctor takes two years off', () => takeTimeOff(doctor, doctorId, long))
  await call('time off is listed', () => findTimeOff(desk, doctorId))
  for (const { id } of [off, years])
    await call('time off is taken back', () => withdrawTimeOff(desk, doctorId, id))
  const closed = await call('a location closes', () => closeLocation(desk, locationId, christmas))
  const forYears = await call('a location closes for two years', () => closeLocation(desk, locationId, long))
  await call('closures are listed', () => findClosures(desk, locationId))
  for (const { id } of [closed, forYears])
    await call('a location opens again', () => reopenLocation(desk, locationId, id))
  const admin = clinic.context(as.admin)
  await call('a location closes for good', () => changeLocation(admin, locationId, { isActive: false }))
  await call('… and opens after all', () => changeLocation(admin, locationId, { isActive: true }))
  await call('a location moves to another street', () =>
    changeLocation(admin, locationId, { address: 'Jalan Melati 7' }),
  )
  await call('a doctor is retired', () => changeDoctor(admin, doctorId, { isActive: false }))
  await call('… and comes back', () => changeDoctor(admin, doctorId, { isActive: true }))
}

async function workElsewhere({ cast, as, sql, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, locationId } = cast
  const admin = clinic.context(as.admin)
  const { rows } = await sql.query(
    `insert into locations (name, time_zone) select 'Explained location', time_zone from locations where id = $1
     returning id::int`,
    [locationId],
  )
  const locationIds = [locationId, rows[0].id]
  const hired = await call('a doctor is hired at two locations', () =>
    hireDoctor(admin, hireDoctorInput.parse({ name: 'Explained Doctor', locationIds })),
  )
  const doctorId = hired.ok ? hired.id : 0
  await call('a doctor leaves a location', () => changeDoctor(admin, doctorId, { locationIds: [locationId] }))
  await call('a busy doctor works at two locations', () => changeDoctor(admin, doctors[0], { locationIds }))
  await call('… and leaves one', () => changeDoctor(admin, doctors[0], { locationIds: [locationId] }))
  await call('two rows become one person', () => changeDoctor(admin, doctorId, { samePersonAs: doctors[0] }))
  await call('… and two again', () => changeDoctor(admin, doctorId, { samePersonAs: null }))
  await refused('two who are busy at once become one person', 'invalid', () =>
    changeDoctor(admin, doctors[1], { samePersonAs: doctors[0] }),
  )
  await call('a doctor becomes a nurse', () => changeDoctor(admin, doctorId, { role: 'nurse' }))
  const after = { name: 'M', id: 1 }
  await call('rooms and devices are listed', () => findResources(admin, { locationId, limit: 50 }))
  await call('… after a page', () => findResources(admin, { type: 'room', limit: 50, after }))
}

async function refuseVisitType({ as, ...clinic }: Explained, { call, refused }: Recorder) {
  const admin = clinic.context(as.admin)
  const input = defineVisitTypeInput.parse({ name: 'Explained twice', minutes: 30 })
  const defined = await call('a visit type is defined', () => defineVisitType(admin, input))
  const id = defined.ok ? defined.visitType.id : 0
  await call('a visit type is withdrawn', () =>
    redefineVisitType(admin, id, { name: 'Explained once', needs: [], isActive: false }),
  )
  await refused('a visit type is defined twice', 'invalid', () =>
    defineVisitType(admin, { ...input, name: 'Explained once' }),
  )
}
