import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { correctPatient, correctPatientInput } from '../../../src/clinic/patients/correct.ts'
import {
  acceptCorrection,
  declineCorrection,
  findOpenRequests,
} from '../../../src/clinic/patients/correction-requests.ts'
import { doctor } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql, context, takeTrips } = clinic
await hireDoctor(sql)
let id: number
let owner: Actor

beforeEach(async () => {
  id = await registerPatient(sql, 'Siti Rahayu')
  owner = await openPatient(sql, [await registerPatient(sql, 'Mother'), id])
})

const asOwner = () => context({ actor: owner })

async function eventsOf(patient: number) {
  const { rows } = await sql.query(
    'select kind, actor_kind, reason, before, after from patient_events where patient_id = $1 order by id',
    [patient],
  )
  return rows
}

const read = async (patient: number) =>
  (await sql.query('select *, birth_date::text from patients where id = $1', [patient])).rows[0]

const numberOf = async () => {
  const { rows } = await sql.query("select nextval('patients_id_seq')::int % 9000 + 1000 as n")
  return rows[0].n as number
}

describe('the front desk', () => {
  it('corrects every field at once, in one trip, and the event has what changed', async () => {
    const bpjs = `000123456${await numberOf()}`
    const wanted = {
      name: 'Siti Rahayu Ningsih',
      calledName: 'Siti',
      birthDate: '1985-12-31',
      sex: 'female',
      phone: '+6281234567890',
      contactEmail: 'family@example.com',
      languages: ['id', 'jv'],
      preferredChannel: 'whatsapp',
      address: 'Jl. Melati 5\nJakarta',
      deskNote: 'Hard of hearing',
      identifiers: [{ issuer: 'bpjs', value: bpjs }],
      isDeceased: false,
      isActive: true,
    } as const
    takeTrips()
    const corrected = await correctPatient(context(), {
      id,
      version: 1,
      ...correctPatientInput.parse(wanted),
    })
    expect(takeTrips()).toHaveLength(1)
    expect(corrected).toMatchObject({ ok: true, patient: { ...wanted, id, version: 2 }, request: null })
    const [event] = await eventsOf(id)
    const { isDeceased: _, isActive: __, ...changed } = wanted
    expect(event).toMatchObject({ kind: 'patient.corrected', actor_kind: 'front_desk' })
    expect(Object.keys(event.after)).toHaveLength(Object.keys(changed).length)
    expect(event.before).toMatchObject({ name: 'Siti Rahayu', called_name: null, identifiers: [] })
    expect(event.after).toMatchObject({ birth_date: '1985-12-31', identifiers: wanted.identifiers })
    expect(clinic.takeHappenings()).toMatchObject([{ kind: 'patient.corrected', patientId: id }])
  })

  it('empties fields, and changing nothing is no change', async () => {
    await correctPatient(context(), { id, phone: '+6281234567890', languages: ['id'] })
    const emptied = await correctPatient(context(), { id, phone: null, languages: [] })
    expect(emptied).toMatchObject({ ok: true, patient: { phone: null, languages: [], version: 3 } })
    await correctPatient(context(), { id, phone: null, name: 'Siti Rahayu' })
    expect([(await read(id)).version, await eventsOf(id)]).toEqual([
      3,
      [expect.anything(), expect.anything()],
    ])
  })

  it('is told who has the identifier, also under a race, and nothing changes', async () => {
    const identifiers = [{ issuer: 'record' as const, value: `RM-${await numberOf()}` }]
    const others = await Promise.all([...'abcdefgh'].map((name) => registerPatient(sql, name)))
    const answers = await Promise.all(
      others.map((other) => correctPatient(context(), { id: other, address: 'New', identifiers })),
    )
    const won = answers.filter(({ ok }) => ok)
    expect(won).toHaveLength(1)
    const winner = won[0]?.ok ? won[0].patient.id : 0
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(answer).toMatchObject({ refusal: 'identifier_taken', holder: { id: winner } })
    const { rows } = await sql.query(
      'select count(*)::int from patients where id = any ($1) and address is null',
      [others],
    )
    expect(rows[0].count).toBe(7)
  })

  it('cannot give a NIK and a birth date that contradict each other', async () => {
    const identifiers = [{ issuer: 'nik' as const, value: `317401715285${await numberOf()}` }]
    const born = (birthDate: string) => correctPatient(context(), { id, birthDate })
    // 71 is the 31st of a woman; the month 52 is none.
    expect(correctPatientInput.safeParse({ identifiers }).success).toBe(false)
    const nik = [{ issuer: 'nik' as const, value: `317401711285${await numberOf()}` }]
    expect(await correctPatient(context(), { id, identifiers: nik })).toMatchObject({ ok: true })
    expect(await born('1985-12-30')).toEqual({ ok: false, refusal: 'nik_disagrees' })
    expect(await born('1985-12-31')).toMatchObject({ ok: true })
    expect(await correctPatient(context(), { id, birthDate: '1985-11-30', identifiers: [] })).toMatchObject({
      ok: true,
    })
    expect(await correctPatient(context(), { id, identifiers: nik })).toMatchObject({
      refusal: 'nik_disagrees',
    })
  })

  it('sees the identifiers of merged records in the list, keeps those it sends back, and removes the others', async () => {
    const from = await registerPatient(sql, 'Goes')
    const [own, kept, wrong] = await Promise.all(
      ['OWN', 'KEPT', 'WRONG'].map(async (which) => ({ issuer: 'record' as const, value: `${which}-${id}` })),
    )
    const add = (patient: number, one = own) =>
      sql.query('insert into patient_identifiers values ($1, $2, $3)', [patient, one?.issuer, one?.value])
    await Promise.all([add(id), add(from, kept), add(from, wrong)])
    await sql.query('update patients set moved_to_id = $1 where id = $2', [id, from])
    const same = await correctPatient(context(), { id, address: 'Jl. Melati' })
    expect(same).toMatchObject({ patient: { identifiers: [kept, own, wrong] } })
    const fewer = await correctPatient(context(), {
      id,
      identifiers: [own, kept].flatMap((one) => one ?? []),
    })
    expect(fewer).toMatchObject({ ok: true, patient: { identifiers: [kept, own] } })
    const [event] = (await eventsOf(id)).slice(-1)
    expect([event.before, event.after]).toEqual([
      { identifiers: [kept, own, wrong] },
      { identifiers: [kept, own] },
    ])
    const { rows } = await sql.query('select value from patient_identifiers where patient_id = $1', [from])
    expect(rows).toEqual([{ value: kept?.value }])
  })

  it('moves the day on which a dependant’s link ends with their birth date, and tells the account again', async () => {
    const endOf = async () =>
      (
        await sql.query('select ends_on::text, notice_sent_at from account_patients where patient_id = $1', [
          id,
        ])
      ).rows
    await correctPatient(context(), { id, birthDate: '2020-03-01' })
    expect(await endOf()).toEqual([{ ends_on: '2038-03-01', notice_sent_at: null }])
    await sql.query('update account_patients set notice_sent_at = now() where patient_id = $1', [id])
    await correctPatient(context(), { id, birthDate: '2021-04-02' })
    expect(await endOf()).toEqual([{ ends_on: '2039-04-02', notice_sent_at: null }])
    await correctPatient(asOwner(), { id, birthDate: '2022-05-03' })
    const [request] = (await findOpenRequests(asOwner(), { limit: 10 })).requests
    await acceptCorrection(context(), request?.id ?? 0)
    expect(await endOf()).toMatchObject([{ ends_on: '2040-05-03' }])
    await correctPatient(context(), { id, birthDate: null })
    expect(await endOf()).toMatchObject([{ ends_on: null }])
  })

  it('corrects the record that took the place of a merged one', async () => {
    const into = await registerPatient(sql, 'Stays')
    await sql.query('update patients set moved_to_id = $1 where id = $2', [into, id])
    const corrected = await correctPatient(context(), { id, address: 'Jl. Mawar' })
    expect(corrected).toMatchObject({ ok: true, patient: { id: into, address: 'Jl. Mawar' } })
    expect((await read(id)).address).toBeNull()
  })

  it('cannot correct an erased or unknown record', async () => {
    await sql.query('update patients set erased_at = now() where id = $1', [id])
    const erased = await correctPatient(context(), { id, address: 'x' })
    expect(erased).toEqual({ ok: false, refusal: 'patient_erased' })
    await expect(correctPatient(context(), { id: 999_999, address: 'x' })).rejects.toThrow(NotFound)
  })

  it('sees what changed meanwhile: of 16 with one version, one changes the record', async () => {
    const answers = await atOnce(16, (n) =>
      correctPatient(context(), { id, version: 1, address: `House ${n}` }),
    )
    const changed = answers.filter(({ ok }) => ok)
    expect(changed).toHaveLength(1)
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(answer).toMatchObject({ refusal: 'stale', patient: { id, version: 2 } })
    expect(await eventsOf(id)).toHaveLength(1)
  })
})

describe('a patient', () => {
  it('corrects contact data at once', async () => {
    const corrected = await correctPatient(asOwner(), { id, version: 1, phone: '+6281111111111' })
    expect(corrected).toMatchObject({ ok: true, patient: { phone: '+6281111111111', deskNote: null } })
    expect(await eventsOf(id)).toMatchObject([
      { kind: 'patient.corrected', before: { phone: null }, after: { phone: '+6281111111111' } },
    ])
  })

  it('asks for a new name, birth date or sex, in one open request that grows', async () => {
    const asked = await correctPatient(asOwner(), { id, name: 'Siti R.', address: 'Jl. Mawar' })
    expect(asked).toMatchObject({
      ok: true,
      patient: { name: 'Siti Rahayu', address: 'Jl. Mawar' },
      request: { status: 'open', changes: { name: 'Siti R.' } },
    })
    const more = await correctPatient(asOwner(), { id, birthDate: '1990-05-17' })
    expect(more).toMatchObject({ request: { changes: { name: 'Siti R.', birthDate: '1990-05-17' } } })
    const fewer = await correctPatient(asOwner(), { id, name: 'Siti Rahayu' })
    expect(fewer).toMatchObject({ request: { status: 'open', changes: { birthDate: '1990-05-17' } } })
    const none = await correctPatient(asOwner(), { id, birthDate: null })
    expect(none).toMatchObject({ request: { status: 'withdrawn' } })
    const { rows } = await sql.query('select count(*)::int from correction_requests where patient_id = $1', [
      id,
    ])
    expect(rows[0].count).toBe(1)
  })

  it('has one request, whoever of 8 windows asks', async () => {
    await atOnce(8, (n) => correctPatient(asOwner(), { id, name: `Name ${n}` }))
    const { requests } = await findOpenRequests(asOwner(), { limit: 50 })
    expect(requests.map(({ patientId }) => patientId)).toEqual([id])
  })

  it.each([{ deskNote: 'x' }, { identifiers: [] }, { isDeceased: true }, { isActive: false }])(
    'may not send %o',
    async (wanted) => {
      await expect(correctPatient(asOwner(), { id, ...wanted })).rejects.toThrow(Forbidden)
    },
  )

  it('may not correct someone else, even one who was theirs a moment ago', async () => {
    const stranger = await registerPatient(sql, 'Stranger')
    await expect(correctPatient(asOwner(), { id: stranger, address: 'x' })).rejects.toThrow(NotFound)
    await sql.query('delete from account_patients where patient_id = $1', [id])
    await expect(correctPatient(asOwner(), { id, address: 'x' })).rejects.toThrow(NotFound)
    expect((await read(id)).address).toBeNull()
  })
})

it('doctors correct nobody', async () => {
  const ctx = context({ actor: doctor })
  await expect(correctPatient(ctx, { id, address: 'x' })).rejects.toThrow(Forbidden)
  await expect(findOpenRequests(ctx, { limit: 1 })).rejects.toThrow(Forbidden)
})

describe('a request', () => {
  const ask = async (wanted: object): Promise<number> => {
    const asked = await correctPatient(asOwner(), { id, ...wanted })
    return asked.ok ? (asked.request?.id ?? 0) : 0
  }

  it('is listed with what the record says, for the desk and for its patient only', async () => {
    const request = await ask({ name: 'Siti R.', sex: 'female' })
    const shown = {
      id: request,
      changes: { name: 'Siti R.', sex: 'female' },
      patient: { name: 'Siti Rahayu' },
    }
    for (const ctx of [context(), asOwner()]) {
      const { requests } = await findOpenRequests(ctx, { limit: 1, after: request - 1 })
      expect(requests).toMatchObject([shown])
    }
    const stranger = await openPatient(sql, [await registerPatient(sql)])
    expect((await findOpenRequests(context({ actor: stranger }), { limit: 50 })).requests).toEqual([])
  })

  it('is made when the desk accepts it, once', async () => {
    const request = await ask({ name: 'Siti R.', birthDate: '1990-05-17' })
    const answers = await atOnce(8, () => acceptCorrection(context(), request))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: 'already_decided' })
    expect(await read(id)).toMatchObject({ name: 'Siti R.', birth_date: '1990-05-17', version: 2 })
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual([
      'patient.correction_requested',
      'patient.corrected',
    ])
  })

  it('is declined with a reason that the patient sees', async () => {
    const request = await ask({ name: 'Siti R.' })
    const declined = await declineCorrection(context(), { id: request, reason: 'Show us your card' })
    expect(declined).toMatchObject({ ok: true, request: { status: 'declined', reason: 'Show us your card' } })
    expect(await correctPatient(asOwner(), { id, address: 'x' })).toMatchObject({
      request: { status: 'declined', reason: 'Show us your card' },
    })
    expect((await eventsOf(id))[1]).toMatchObject({
      kind: 'patient.correction_declined',
      reason: 'Show us your card',
      after: { name: 'Siti R.' },
    })
    expect((await read(id)).name).toBe('Siti Rahayu')
  })

  it('stays open when the correction is refused', async () => {
    const nik = [{ issuer: 'nik' as const, value: `317401711285${await numberOf()}` }]
    await correctPatient(context(), { id, identifiers: nik })
    const request = await ask({ birthDate: '1990-05-17' })
    expect(await acceptCorrection(context(), request)).toEqual({ ok: false, refusal: 'nik_disagrees' })
    const { rows } = await sql.query('select status from correction_requests where id = $1', [request])
    expect(rows[0].status).toBe('open')
  })

  it('is not decided by patients or doctors', async () => {
    const request = await ask({ name: 'Siti R.' })
    for (const actor of [owner, doctor]) {
      await expect(acceptCorrection(context({ actor }), request)).rejects.toThrow(Forbidden)
      await expect(declineCorrection(context({ actor }), { id: request, reason: 'x' })).rejects.toThrow(
        Forbidden,
      )
    }
    await expect(acceptCorrection(context(), 999_999)).rejects.toThrow(NotFound)
  })
})

describe('the shape', () => {
  const fault = (wanted: object) => correctPatientInput.safeParse(wanted).error?.issues[0]?.message

  it.each([
    ['nik', '3174017112850001', true],
    ['nik', '3174013112850001', true],
    ['nik', '3174013202850001', false],
    ['nik', '3174013002850001', false],
    ['nik', '0074013112850001', false],
    ['nik', '3174013112850000', false],
    ['nik', '317401311285001', false],
    ['bpjs', '0001234567890', true],
    ['bpjs', '001234567890', false],
    ['passport', 'id:x1234567', true],
    ['passport', 'X1234567', false],
    ['passport', 'ID:X123456789', false],
    ['record', 'rm-12/2026', true],
    ['record', 'RM:12', false],
  ])('of a number by %s: %s is %s', (issuer, value, isOne) => {
    expect(fault({ identifiers: [{ issuer, value }] })).toBe(isOne ? undefined : 'not_an_identifier')
  })

  it('takes lines, composes letters, and refuses what is invisible or turns the direction', () => {
    const parsed = correctPatientInput.parse({ address: ' Jl. Me\u0301 5 \r\n\r\n Jakarta ' })
    expect(parsed.address).toBe('Jl. Mé 5\n\nJakarta')
    for (const field of ['address', 'deskNote', 'name', 'calledName'])
      for (const text of ['\u200B\u200B', 'abc\u202Edef', 'a\u2066b'])
        expect([field, fault({ [field]: text })]).toEqual([field, 'invisible'])
    expect(fault({ address: 'a\u0000b' })).toBe('not_a_name')
    expect(fault({ address: 'x'.repeat(501) })).toBe('too_long_a_text')
    expect(fault({ address: ' ' })).toBe('missing')
    expect(correctPatientInput.parse({ languages: ['EN-gb', 'zh-hant'] }).languages).toEqual([
      'en-GB',
      'zh-Hant',
    ])
    expect(fault({ languages: ['not a tag'] })).toBe('not_a_choice')
    expect(fault({ languages: ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => `${one}e`) })).toBe('not_a_list')
  })
})
