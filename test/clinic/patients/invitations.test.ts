import { beforeEach, describe, expect, it } from 'vitest'
import {
  acceptInvitation,
  type InvitationFact,
  invitationFact,
} from '../../../src/clinic/accounts/accept-invitation.ts'
import { completeAccount } from '../../../src/clinic/accounts/complete-account.ts'
import { invitationsTo } from '../../../src/clinic/accounts/find-invitations.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { KeyReused } from '../../../src/clinic/idempotency.ts'
import { findLinks } from '../../../src/clinic/patients/find-links.ts'
import { inviteToPatient, type Relation } from '../../../src/clinic/patients/invite.ts'
import { linkPatient } from '../../../src/clinic/patients/link.ts'
import { withdrawInvitations } from '../../../src/clinic/patients/withdraw-invitations.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { authSecret, openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { beginSession, openAccount } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

let email = ''
let families = 0
let mails: { to: string; text: string }[] = []
beforeEach(() => {
  email = `family-${++families}@example.com`
  mails = []
})

const later = (days: number) => new Date(morning.getTime() + days * 86_400_000)
const mail = { send: async (sent: { to: string; text: string }) => void mails.push(sent) }
const atDesk = (now = morning, accountId = 900) =>
  clinic.context({ actor: { kind: 'front_desk', accountId }, now, mail })
const as = (accountId: number, patientIds: number[] = [], now = morning) =>
  clinic.context({ actor: { kind: 'patient', accountId, patientIds }, now, mail })

async function register(name: string, birthDate: string | null = '1980-05-17', more: object = {}) {
  const { called_name = null } = more as { called_name?: string }
  const { rows } = await sql.query(
    'insert into patients (name, birth_date, called_name, contact_email) values ($1, $2, $3, $4) returning id::int',
    [name, birthDate, called_name, email],
  )
  return rows[0].id as number
}

const writeMail = () => ({ subject: 'Hello', text: 'Sign in' })
const invite = (patientId: number, relation: Relation = 'self', ctx = atDesk(), to = email) =>
  inviteToPatient(ctx, patientId, { email: to, relation, writeMail })

async function invited(patientId: number, relation: Relation = 'self', ctx = atDesk()) {
  const made = await invite(patientId, relation, ctx)
  if (!made.ok) throw new Error(made.refusal)
  return { id: made.invitation.id, code: made.code }
}

const accept = (ctx: ReturnType<typeof as>, invitation: number, fact: InvitationFact) =>
  acceptInvitation(ctx, invitation, invitationFact.parse(fact))

/** The context of a browser in which a new account has just signed in. */
async function newcomer(to = email, now = morning) {
  const account = await openAccount(sql, { isComplete: false, email: to })
  const { sessionHash } = await beginSession(sql, account)
  return { account, ctx: clinic.context({ actor: { kind: 'anonymous' }, sessionHash, now }) }
}

const holder = (to = email) => openAccount(sql, { email: to })

async function linksOf(account: number) {
  const { rows } = await sql.query(
    'select patient_id::int as id, relation from account_patients where account_id = $1 order by patient_id',
    [account],
  )
  return rows
}

async function eventsOf(patient: number) {
  const { rows } = await sql.query(
    'select kind, account_id::int as by, after from patient_events where patient_id = $1 order by id',
    [patient],
  )
  return rows
}

const open = async (account: number, now = morning) => {
  const { query, read } = invitationsTo(clinic.context().db, account, now)
  return read((await query).rows)
}

describe('an invitation', () => {
  it('is mailed without the code or anything about the patient, and is in the history', async () => {
    const patient = await register('Siti Rahmawati')
    const made = await invite(patient)
    expect(made).toEqual({
      ok: true,
      invitation: { id: expect.any(Number), email, relation: 'self', expiresAt: later(14) },
      code: expect.stringMatching(/^\d{4} \d{4}$/),
    })
    expect(mails).toEqual([{ to: email, subject: 'Hello', text: 'Sign in' }])
    expect(await eventsOf(patient)).toEqual([
      { kind: 'patient.invited', by: 900, after: { email, relation: 'self' } },
    ])
  })

  it('keeps its code only as a keyed hash', async () => {
    const { id, code } = await invited(await register('Siti'))
    const { rows } = await sql.query(
      'select row_to_json(one)::text as text from patient_invitations one where id = $1',
      [id],
    )
    expect(rows[0].text).not.toMatch(new RegExp(code.replace(' ', ' ?')))
    expect(rows[0].text).toMatch(/"code_hash":"[\w-]{43}"/)
  })

  it('sent again with the same key is the same, with the same code, and is mailed once', async () => {
    const patient = await register('Siti')
    const idempotency = { key: `twice ${email}`, fingerprint: '00' }
    const ctx = { ...atDesk(), idempotency }
    const made = [await invite(patient, 'self', ctx)]
    for (let n = 0; n < 4; n++) made.push(await invite(patient, 'self', ctx))
    expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(mails).toHaveLength(1)
    expect(await eventsOf(patient)).toHaveLength(1)
    const rotated = {
      ...ctx,
      secrets: secretsOf('another secret of the tests, long enough to sign', authSecret),
    }
    expect(await invite(patient, 'self', rotated)).toEqual(made[0])
    const without = { ...ctx, secrets: secretsOf('another secret of the tests, long enough to sign') }
    await expect(invite(patient, 'self', without)).rejects.toThrow(KeyReused)
  })

  it('is mailed when it is sent again because the mail failed', async () => {
    const patient = await register('Siti')
    const idempotency = { key: `failed ${email}`, fingerprint: '00' }
    const failing = { ...atDesk(), idempotency, mail: { send: () => Promise.reject(new Error('No mail')) } }
    await expect(invite(patient, 'self', failing)).rejects.toThrow('No mail')
    expect(await invite(patient, 'self', { ...atDesk(), idempotency })).toMatchObject({ ok: true })
    expect(mails).toHaveLength(1)
  })

  it('takes one trip, and one to note that the mail has left', async () => {
    const patient = await register('Siti')
    const ctx = atDesk()
    clinic.takeTrips()
    await invite(patient, 'self', ctx)
    expect(clinic.takeTrips()).toHaveLength(2)
  })

  it('replaces the one before', async () => {
    const patient = await register('Siti', null)
    const account = await holder()
    const first = await invited(patient)
    const second = await invited(patient)
    expect(await accept(as(account), first.id, { code: first.code })).toMatchObject({
      refusal: 'invitation_ended',
    })
    expect(await accept(as(account), second.id, { code: second.code })).toEqual({ ok: true })
  })

  it('is shown only to the owner of the mailbox, with no more than what the patient is called', async () => {
    await invited(await register('Siti Nurhaliza Rahmawati'), 'dependant')
    await invited(await register('Muhammad Budi', null, { called_name: 'Budi' }))
    const [account, other] = [await holder(), await holder(`other-${email}`)]
    expect(await open(account)).toEqual([
      { id: expect.any(Number), called: 'Siti', isSelf: false },
      { id: expect.any(Number), called: 'Budi', isSelf: true },
    ])
    expect(await open(other)).toEqual([])
    expect(await open(account, later(14))).toEqual([])
  })

  it('can be withdrawn, by the desk or an account that acts for the patient', async () => {
    const patient = await register('Siti')
    const [account, mother, stranger] = [
      await holder(),
      await openAccount(sql, { patientIds: [patient] }),
      950,
    ]
    const { id, code } = await invited(patient)
    await expect(withdrawInvitations(as(stranger), patient)).rejects.toThrow(NotFound)
    expect(await open(account)).toHaveLength(1)
    await withdrawInvitations(as(mother, [patient]), patient)
    expect(await open(account)).toEqual([])
    expect(await accept(as(account), id, { code })).toMatchObject({ refusal: 'invitation_ended' })
    await invited(patient)
    await withdrawInvitations(atDesk(), patient)
    expect(await open(account)).toEqual([])
  })

  it('is not sent to the record of someone else’s patient, an unknown one or an erased one', async () => {
    const patient = await register('Siti')
    const erased = await register('Erased patient')
    await sql.query('update patients set erased_at = now() where id = $1', [erased])
    await expect(invite(patient, 'self', as(await holder('nobody@example.com'), []))).rejects.toThrow(
      NotFound,
    )
    await expect(invite(999_999)).rejects.toThrow(NotFound)
    await expect(invite(erased)).rejects.toThrow(NotFound)
    expect(mails).toEqual([])
  })
})

describe('the owner of the mailbox', () => {
  const facts: [string, (code: string) => InvitationFact][] = [
    ['the birth date', () => ({ birthDate: '1980-05-17' })],
    ['the code', (code) => ({ code })],
    ['the code without its space', (code) => ({ code })],
    ['the code and a wrong birth date', (code) => ({ code, birthDate: '1999-01-01' })],
  ]
  it.each(facts)('gets the record with %s', async (_, fact) => {
    const patient = await register('Siti')
    const account = await holder()
    const { id, code } = await invited(patient)
    const input = fact(code)
    expect(await accept(as(account), id, input)).toEqual({ ok: true })
    expect(await linksOf(account)).toEqual([{ id: patient, relation: 'dependant' }])
    expect((await eventsOf(patient)).at(-1)).toEqual({
      kind: 'patient.linked',
      by: account,
      after: { account_id: account, relation: 'dependant', invitation_id: id },
    })
    expect(await accept(as(account), id, input)).toMatchObject({ refusal: 'invitation_ended' })
  })

  it('does not get it by the mailbox alone, nor with a birth date that the record lacks', async () => {
    const account = await holder()
    const { id } = await invited(await register('Siti', null))
    expect(await accept(as(account), id, {})).toEqual({ ok: false, refusal: 'wrong_fact' })
    expect(await accept(as(account), id, { birthDate: '1980-05-17' })).toMatchObject({
      refusal: 'wrong_fact',
    })
    expect(await linksOf(account)).toEqual([])
  })

  it('who names five wrong facts at once and then the right one does not get it', async () => {
    const patient = await register('Siti')
    const account = await holder()
    const { id } = await invited(patient)
    const ctx = as(account)
    const tried = await atOnce(16, (n) => accept(ctx, id, { birthDate: `1970-01-${10 + n}` }))
    const refusals = tried.map((one) => (one.ok ? 'none' : one.refusal)).sort()
    expect(refusals).toEqual([...Array(11).fill('invitation_ended'), ...Array(5).fill('wrong_fact')])
    expect(await accept(ctx, id, { birthDate: '1980-05-17' })).toMatchObject({
      refusal: 'invitation_ended',
    })
    expect(await open(account)).toEqual([])
  })

  it('may guess at most fifteen times a day, over all invitations', async () => {
    const account = await holder()
    const refusals: string[] = []
    for (let n = 0; n < 4; n++) {
      const { id } = await invited(await register(`Siti ${n}`))
      for (let tries = 0; tries < 5; tries++) {
        const tried = await accept(as(account), id, { birthDate: '1970-01-01' })
        refusals.push(tried.ok ? 'none' : tried.refusal)
      }
    }
    expect(refusals).toEqual([...Array(15).fill('wrong_fact'), ...Array(5).fill('too_many_tries')])
    const { rows } = await sql.query(
      `select kind, details from security_events where account_id = $1 and kind like 'invitation.%'`,
      [account],
    )
    expect(rows).toHaveLength(15)
    expect(rows[0]).toEqual({ kind: 'invitation.refused', details: { invitation_id: expect.any(Number) } })
    const { id } = await invited(await register('Siti 5'))
    expect(await accept(as(account, [], later(2)), id, { birthDate: '1980-05-17' })).toEqual({
      ok: true,
    })
  })

  it('of another mailbox learns nothing: an invitation looks like an unknown one, and nothing counts', async () => {
    const { id, code } = await invited(await register('Siti'))
    const [owner, stranger] = [await holder(), await holder(`stranger-${email}`)]
    for (const fact of [{ birthDate: '1980-05-17' }, { code }, { code: '00000000' }]) {
      const [real, unknown] = [
        await accept(as(stranger), id, fact),
        await accept(as(stranger), 999_999, fact),
      ]
      expect(real).toEqual({ ok: false, refusal: 'invitation_ended' })
      expect(unknown).toEqual(real)
    }
    const { rows } = await sql.query('select failures from patient_invitations where id = $1', [id])
    expect(rows).toEqual([{ failures: 0 }])
    expect([await linksOf(owner), await linksOf(stranger)]).toEqual([[], []])
  })

  it('gets the record that the invited one was merged into', async () => {
    const [from, into] = [await register('Siti', null), await register('Siti R', '1980-05-17')]
    const account = await holder()
    const { id } = await invited(from)
    await sql.query('update patients set moved_to_id = $2 where id = $1', [from, into])
    expect(await accept(as(account), id, { birthDate: '1980-05-17' })).toEqual({ ok: true })
    expect(await linksOf(account)).toEqual([{ id: into, relation: 'dependant' }])
  })
})

describe('a new account', () => {
  it('becomes the person who was invited, and no other record is made', async () => {
    const patient = await register('Siti Rahmawati')
    const { id } = await invited(patient)
    const { account, ctx } = await newcomer()
    clinic.takeTrips()
    const completed = await completeAccount(ctx, account, {
      name: 'Siti',
      invitation: { id, birthDate: '1980-05-17' },
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(completed).toEqual({ ok: true })
    expect(await linksOf(account)).toEqual([{ id: patient, relation: 'self' }])
    expect((await eventsOf(patient)).at(-1)).toMatchObject({ kind: 'patient.linked', by: account })
    const { rows } = await sql.query('select count(*)::int from patients where contact_email = $1', [email])
    expect(rows).toEqual([{ count: 1 }])
  })

  it('with a wrong fact stays as it was, and counts the attempt', async () => {
    const { id } = await invited(await register('Siti'))
    const { account, ctx } = await newcomer()
    const invitation = { id, birthDate: '1999-01-01' }
    expect(await completeAccount(ctx, account, { name: 'Siti', invitation })).toEqual({
      ok: false,
      refusal: 'wrong_fact',
    })
    const { rows } = await sql.query(
      `select name, terms_accepted_at, failures from accounts join patient_invitations using (email) where email = $1`,
      [email],
    )
    expect(rows).toEqual([{ name: 'Account Holder', terms_accepted_at: null, failures: 1 }])
    expect(await linksOf(account)).toEqual([])
  })

  it('may be someone else with the same address; the invitation stays open for those they look after', async () => {
    const budi = await register('Budi')
    const { id } = await invited(budi)
    const { account, ctx } = await newcomer()
    expect(await completeAccount(ctx, account, { name: 'Siti' })).toEqual({ ok: true })
    expect(await linksOf(account)).toEqual([{ id: expect.any(Number), relation: 'self' }])
    expect(await open(account)).toEqual([{ id, called: 'Budi', isSelf: true }])
    expect(await accept(as(account), id, { birthDate: '1980-05-17' })).toEqual({ ok: true })
    expect(await linksOf(account)).toContainEqual({ id: budi, relation: 'dependant' })
  })

  it('does not become a person to whom it was invited as someone who looks after them', async () => {
    const { id } = await invited(await register('A Child'), 'dependant')
    const { account, ctx } = await newcomer()
    const invitation = { id, birthDate: '1980-05-17' }
    expect(await completeAccount(ctx, account, { name: 'Siti', invitation })).toMatchObject({
      refusal: 'invitation_ended',
    })
  })

  it('that is somebody already does not become another person', async () => {
    const { id } = await invited(await register('Siti'))
    const { account, ctx } = await newcomer()
    const known = await register('Budi')
    await sql.query(
      "insert into account_patients (account_id, patient_id, relation) values ($1, $2, 'self')",
      [account, known],
    )
    await completeAccount(ctx, account, { name: 'Siti', invitation: { id, birthDate: '1980-05-17' } })
    expect(await linksOf(account)).toEqual([{ id: known, relation: 'self' }])
  })

  it('completed twice at once becomes one person, and an invitation is accepted once', async () => {
    const patient = await register('Siti')
    const { id } = await invited(patient)
    const { account, ctx } = await newcomer()
    const invitation = { id, birthDate: '1980-05-17' }
    await atOnce(8, () => completeAccount(ctx, account, { name: 'Siti', invitation }))
    expect(await linksOf(account)).toEqual([{ id: patient, relation: 'self' }])
    expect((await eventsOf(patient)).filter(({ kind }) => kind === 'patient.linked')).toHaveLength(1)
  })
})

describe('a parent', () => {
  it('shares a child with the other parent, and sees who may act for them', async () => {
    const child = await register('A Child', '2020-02-29')
    const mother = await openAccount(sql, { name: 'Mother', patientIds: [await register('Mother'), child] })
    const father = await holder()
    const { id, code } = await invited(child, 'dependant', as(mother, [child]))
    expect(await findLinks(as(mother, [child]), child)).toMatchObject({
      links: [{ accountId: mother, name: 'Mother' }],
      invitations: [{ id, email, relation: 'dependant', expiresAt: later(14) }],
    })
    await expect(findLinks(as(father), child)).rejects.toThrow(NotFound)
    expect(await accept(as(father), id, { code })).toEqual({ ok: true })
    const { links, invitations } = await findLinks(as(father, [child]), child)
    expect(links).toHaveLength(2)
    expect(links).toContainEqual(expect.objectContaining({ accountId: mother, email: null }))
    expect(links).toContainEqual(expect.objectContaining({ accountId: father, relation: 'dependant', email }))
    expect(invitations).toEqual([])
  })

  it('invites five times an hour, the desk sixty; one mailbox is invited ten times an hour and twenty a day', async () => {
    const child = await register('A Child')
    const mother = await openAccount(sql, { patientIds: [child] })
    const count = async (many: number, ctx: () => ReturnType<typeof as>, to: (n: number) => string) => {
      const all = await atOnce(many, (n) => invite(child, 'dependant', ctx(), to(n)))
      return all.filter(({ ok }) => ok).length
    }
    expect(
      await count(
        8,
        () => as(mother, [child]),
        (n) => `${n}.${email}`,
      ),
    ).toBe(5)
    expect(
      await count(
        16,
        () => atDesk(morning, 901),
        () => email,
      ),
    ).toBe(10)
    expect(
      await count(
        16,
        () => atDesk(later(0.1), 902),
        () => email,
      ),
    ).toBe(10)
    expect(
      await count(
        2,
        () => atDesk(later(0.2), 903),
        () => email,
      ),
    ).toBe(0)
    expect(
      await count(
        1,
        () => atDesk(later(2), 903),
        () => email,
      ),
    ).toBe(1)
    expect(
      await count(
        64,
        () => atDesk(morning, 904),
        (n) => `${n}.desk.${email}`,
      ),
    ).toBe(60)
  })
})

describe('the front desk', () => {
  it('links an account that exists, with the event that says who did', async () => {
    const [patient, account] = [await register('A Parent'), await holder()]
    clinic.takeTrips()
    expect(await linkPatient(atDesk(), patient, { email, relation: 'dependant' })).toEqual({
      ok: true,
      accountId: account,
    })
    expect(await linksOf(account)).toEqual([{ id: patient, relation: 'dependant' }])
    expect(await eventsOf(patient)).toEqual([
      { kind: 'patient.linked', by: 900, after: { account_id: account, relation: 'dependant' } },
    ])
    expect(await linkPatient(atDesk(), patient, { email, relation: 'self' })).toMatchObject({
      refusal: 'already_linked',
    })
    expect(await findLinks(atDesk(), patient)).toMatchObject({ links: [{ accountId: account, email }] })
  })

  it('gives an account one person only, also at once', async () => {
    const [one, two] = [await register('One'), await register('Two')]
    const account = await holder()
    const linked = await Promise.all(
      [one, two].map((patient) => linkPatient(atDesk(), patient, { email, relation: 'self' })),
    )
    expect(linked.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(linked).toContainEqual({ ok: false, refusal: 'other_self' })
    expect(await linksOf(account)).toHaveLength(1)
  })

  it('does not link an unknown patient or account, nor an account of the clinic’s own people', async () => {
    const patient = await register('Siti')
    await openAccount(sql, { email, role: 'front_desk' })
    await expect(linkPatient(atDesk(), patient, { email, relation: 'dependant' })).rejects.toThrow(NotFound)
    await expect(
      linkPatient(atDesk(), 999_999, { email: 'nobody@example.com', relation: 'self' }),
    ).rejects.toThrow(NotFound)
  })
})
