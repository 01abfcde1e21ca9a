import { describe, expect, it } from 'vitest'
import {
  askEmailChange,
  confirmEmailChange,
  findEmailChange,
  stopEmailChange,
} from '../../../src/clinic/accounts/change-email.ts'
import { restoreAccess } from '../../../src/clinic/accounts/restore-access.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { beginSession, givePasskey, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-07T03:00:00Z')
let people = 0

async function signIn() {
  const email = `old-${++people}@example.com`
  const patient = await registerPatient(sql)
  const accountId = await openAccount(sql, { email, patientIds: [patient] })
  const { sessionHash } = await beginSession(sql, accountId, new Date('2050-01-01'))
  const actor = { kind: 'patient' as const, accountId, patientIds: [patient] }
  return { email, patient, accountId, sessionHash, ctx: clinic.context({ actor, now, sessionHash }) }
}

const letters = {
  writeOldMail: (code: string, token: string) => ({ subject: 'old', text: `${code} ${token}` }),
  writeNewMail: (code: string) => ({ subject: 'new', text: code }),
  writeTakenMail: () => ({ subject: 'taken', text: '' }),
}
const writeDoneMail = () => ({ subject: 'done', text: '' })

/** What was mailed since the last call, by address. */
function takeMails() {
  const mails = Object.fromEntries(clinic.mails.map(({ to, subject, text }) => [to, { subject, text }]))
  clinic.mails.length = 0
  return mails
}

async function ask(ctx: ClinicContext, oldEmail: string, email: string) {
  takeMails()
  const asked = await askEmailChange(ctx, { email, ...letters })
  const mails = takeMails()
  const [oldCode = '', token = ''] = mails[oldEmail]?.text.split(' ') ?? []
  return { asked, mails, oldCode, token, newCode: mails[email]?.text ?? '', writeDoneMail }
}

const emailOf = async (account: number) =>
  (await sql.query('select email from accounts where id = $1', [account])).rows[0].email

const sessionsOf = async (account: number) =>
  (await sql.query('select token_hash from sessions where account_id = $1', [account])).rows.map(
    ({ token_hash }) => token_hash,
  )

const logOf = async (account: number) =>
  (await sql.query('select kind from security_events where account_id = $1 order by id', [account])).rows.map(
    ({ kind }) => kind,
  )

const wrong = { ok: false, refusal: 'wrong_code' }
const expired = { ok: false, refusal: 'code_expired' }

describe('changing the address of an account', () => {
  it('takes a code of each mailbox, in one trip each, and signs out everywhere else', async () => {
    const { ctx, email, accountId, sessionHash } = await signIn()
    await beginSession(sql, accountId, new Date('2050-01-01'))
    clinic.takeTrips()
    const { asked, mails, ...codes } = await ask(ctx, email, `fresh-${accountId}@example.com`)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(asked).toEqual({ ok: true })
    expect(Object.values(mails).map(({ subject }) => subject)).toEqual(expect.arrayContaining(['old', 'new']))
    expect(await emailOf(accountId)).toBe(email)
    expect(await findEmailChange(ctx)).toBe(`fresh-${accountId}@example.com`)
    clinic.takeTrips()
    expect(await confirmEmailChange(ctx, codes)).toMatchObject({ ok: true, ended: [expect.any(String)] })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await emailOf(accountId)).toBe(`fresh-${accountId}@example.com`)
    expect(await sessionsOf(accountId)).toEqual([sessionHash])
    expect(Object.keys(takeMails()).toSorted()).toEqual([`fresh-${accountId}@example.com`, email])
    expect(await logOf(accountId)).toEqual(['email.change_asked', 'email.changed', 'session.ended'])
    expect(await confirmEmailChange(ctx, codes)).toEqual(expired)
  })

  it('refuses one code alone, a swapped pair, another session and an old request', async () => {
    const { ctx, email, accountId } = await signIn()
    const { asked, mails, ...codes } = await ask(ctx, email, `alone-${accountId}@example.com`)
    const { oldCode, newCode } = codes
    expect([asked.ok, Object.keys(mails)]).toEqual([true, expect.any(Array)])
    expect(await confirmEmailChange(ctx, { ...codes, oldCode: '' })).toEqual(wrong)
    expect(await confirmEmailChange(ctx, { ...codes, newCode: oldCode, oldCode: newCode })).toEqual(wrong)
    const { sessionHash } = await beginSession(sql, accountId, new Date('2050-01-01'))
    expect(await confirmEmailChange({ ...ctx, sessionHash }, codes)).toEqual(expired)
    const late = new Date(now.getTime() + 31 * 60_000)
    expect(await confirmEmailChange({ ...ctx, now: late }, codes)).toEqual(expired)
    const { asked: _, mails: __, ...newest } = await ask(ctx, email, `newest-${accountId}@example.com`)
    expect(await confirmEmailChange(ctx, codes)).toEqual(wrong)
    expect(await confirmEmailChange(ctx, newest)).toMatchObject({ ok: true })
  })

  it('takes five attempts, however many arrive together', async () => {
    const { ctx, email, accountId } = await signIn()
    const { asked, mails, ...codes } = await ask(ctx, email, `guess-${accountId}@example.com`)
    expect([asked.ok, Object.keys(mails).length]).toEqual([true, 2])
    const tries = await atOnce(16, () => confirmEmailChange(ctx, { ...codes, oldCode: 'guess' }))
    expect(tries.filter((one) => !one.ok && one.refusal === 'wrong_code')).toHaveLength(5)
    expect(await confirmEmailChange(ctx, codes)).toEqual({ ok: false, refusal: 'too_many_tries' })
  })

  it('happens once when sixteen confirm at once, and one of two accounts gets an address', async () => {
    const [one, two] = [await signIn(), await signIn()]
    const wanted = `both-${one.accountId}@example.com`
    const [first, second] = [await ask(one.ctx, one.email, wanted), await ask(two.ctx, two.email, wanted)]
    const outcomes = await atOnce(16, (n) =>
      n % 2 ? confirmEmailChange(one.ctx, first) : confirmEmailChange(two.ctx, second),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const { rowCount } = await sql.query('select from accounts where email = $1', [wanted])
    expect(rowCount).toBe(1)
  })

  it('tells only its mailbox that the new address has an account', async () => {
    const [{ ctx, email, accountId }, other] = [await signIn(), await signIn()]
    const { asked, mails, ...codes } = await ask(ctx, email, other.email)
    expect(asked).toEqual({ ok: true })
    expect(mails[other.email]?.subject).toBe('taken')
    expect(mails[email]?.subject).toBe('old')
    expect(await findEmailChange(ctx)).toBe(other.email)
    const { rows } = await sql.query('select codes_hash from email_changes where account_id = $1', [
      accountId,
    ])
    expect(rows).toEqual([{ codes_hash: null }])
    expect(await confirmEmailChange(ctx, codes)).toEqual(wrong)
    expect(await emailOf(accountId)).toBe(email)
  })

  it('is stopped from the old mailbox, which signs out everywhere', async () => {
    const { ctx, email, accountId, sessionHash } = await signIn()
    const { token, asked, mails, ...codes } = await ask(ctx, email, `thief-${accountId}@example.com`)
    expect([asked.ok, Object.keys(mails).length]).toEqual([true, 2])
    const anyone = clinic.context({ actor: { kind: 'anonymous' }, now })
    expect(await stopEmailChange(anyone, { token: 'guess' })).toEqual({ ok: false, refusal: 'link_expired' })
    const stops = await atOnce(8, () => stopEmailChange(anyone, { token }))
    expect(stops.filter(({ ok }) => ok)).toEqual([{ ok: true, ended: [sessionHash] }])
    await sql.query(
      `insert into sessions (account_id, token_hash, expires_at) values ($1, $2, '2050-01-01')`,
      [accountId, sessionHash],
    )
    expect(await confirmEmailChange(ctx, codes)).toEqual(expired)
    expect(await logOf(accountId)).toEqual(['email.change_asked', 'email.change_stopped', 'session.ended'])
  })

  it('needs the passkey of an account that has one', async () => {
    const { ctx, email, accountId } = await signIn()
    await givePasskey(sql, accountId)
    const refused = { ok: false, refusal: 'not_confirmed' }
    expect((await ask(ctx, email, `key-${accountId}@example.com`)).asked).toEqual(refused)
    await sql.query(`update sessions set signed_in_with = 'passkey' where account_id = $1`, [accountId])
    expect((await ask(ctx, email, `key-${accountId}@example.com`)).asked).toEqual({ ok: true })
  })

  it('is asked five times a day at most, of one account and for one address', async () => {
    const { ctx, email, accountId } = await signIn()
    const answers = await atOnce(8, (n) =>
      askEmailChange(ctx, { email: `${n}-${accountId}@example.com`, ...letters }),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
    expect((await ask(ctx, email, email)).asked).toMatchObject({ refusal: 'invalid' })
    const others = await Promise.all(Array.from({ length: 8 }, signIn))
    const flooding = await Promise.all(
      others.map((other) =>
        askEmailChange(other.ctx, { email: `victim-${accountId}@example.com`, ...letters }),
      ),
    )
    expect(flooding.filter(({ ok }) => ok)).toHaveLength(5)
  })

  it('stores no code and no token', async () => {
    const { ctx, email, accountId } = await signIn()
    const { oldCode, newCode, token } = await ask(ctx, email, `stored-${accountId}@example.com`)
    const { rows } = await sql.query(
      'select email_changes::text as row from email_changes where account_id = $1',
      [accountId],
    )
    for (const secret of [oldCode, newCode, token]) expect(rows[0].row.split(/[,()]/)).not.toContain(secret)
  })
})

describe('restoring access', () => {
  const writeMail = () => ({ subject: 'restored', text: '' })
  const wish = (email: string) => ({ email, reason: 'ID card at the desk', writeMail })
  const admin = () => clinic.context({ actor: { kind: 'admin', accountId: 77 }, now })

  it('gives a patient’s account another address, ends its sessions and records who did it', async () => {
    const { email, accountId, patient } = await signIn()
    const child = await registerPatient(sql, 'Their child')
    await sql.query(
      `insert into account_patients (account_id, patient_id, relation) values ($1, $2, 'dependant')`,
      [accountId, child],
    )
    takeMails()
    clinic.takeTrips()
    const restored = await restoreAccess(
      clinic.context({ now }),
      accountId,
      wish(`found-${accountId}@example.com`),
    )
    expect(restored).toMatchObject({
      ok: true,
      account: { id: accountId, role: 'patient' },
      ended: [expect.any(String)],
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await emailOf(accountId)).toBe(`found-${accountId}@example.com`)
    expect(await sessionsOf(accountId)).toEqual([])
    expect(Object.keys(takeMails()).toSorted()).toEqual([`found-${accountId}@example.com`, email])
    const { rows } = await sql.query(
      'select patient_id::int, kind, actor_kind, account_id::int, reason from patient_events where patient_id = any ($1)',
      [[patient, child]],
    )
    expect(rows).toEqual([
      {
        patient_id: patient,
        kind: 'patient.access_restored',
        actor_kind: 'front_desk',
        account_id: 999,
        reason: 'ID card at the desk',
      },
    ])
    const log = await sql.query(
      `select by_account_id::int from security_events where kind = 'email.restored' and account_id = $1`,
      [accountId],
    )
    expect(log.rows).toEqual([{ by_account_id: 999 }])
  })

  it('is for an admin alone when it is an account of the clinic’s people, and never for one’s own', async () => {
    const doctor = await openAccount(sql, { role: 'front_desk' })
    const email = `staff-${doctor}@example.com`
    await expect(restoreAccess(clinic.context({ now }), doctor, wish(email))).rejects.toThrow(Forbidden)
    await expect(restoreAccess(admin(), 77, wish(email))).rejects.toThrow(Forbidden)
    expect(await restoreAccess(admin(), doctor, wish(email))).toMatchObject({ ok: true })
    await expect(restoreAccess(admin(), 999_999, wish(email))).rejects.toEqual(new NotFound('account'))
  })

  it('does not take an address that has an account', async () => {
    const [one, two] = [await signIn(), await signIn()]
    expect(await restoreAccess(admin(), one.accountId, wish(two.email))).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { email: 'already_there' },
    })
    expect(await sessionsOf(one.accountId)).toHaveLength(1)
  })
})
