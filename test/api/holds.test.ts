import { beforeAll, describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
const ask = asking(origin, '')
/** A Monday in Jakarta. */
const at = (time: string) => `2030-01-07T${time}:00+07:00`
let [desk, visitType] = ['', 0]

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  desk = await openDesk(sql)
})

/** A new patient with a key of their own. */
async function newPatient() {
  const id = await registerPatient(sql)
  return { id, key: await giveKey(sql, await openAccount(sql, { patientIds: [id] })) }
}

async function wishTen(particulars: Record<string, unknown> = {}) {
  const doctor = await hireDoctor(sql, { hours })
  return { doctor_id: doctor, visit_type_id: visitType, start_at: at('10:00'), ...particulars }
}

/** A new patient who holds ten o'clock with a new doctor. */
async function holdTen() {
  const [patient, wish] = [await newPatient(), await wishTen()]
  const { body } = await ask('POST', '/holds', { hold: wish }, patient.key)
  const { id, expires_at } = body.hold as { id: number; expires_at: string }
  return { id, wish, patient, expiresAt: Date.parse(expires_at) }
}

const expire = (id: number) =>
  sql.query(`update appointments set hold_expires_at = now() - interval '1 second' where id = $1`, [id])

describe('POST /api/v1/holds', () => {
  it('holds for ten minutes and returns the address of the hold', async () => {
    const [patient, wish] = [await newPatient(), await wishTen()]
    const before = Date.now()
    const { status, headers, body } = await ask('POST', '/holds', { hold: wish }, patient.key)
    expect(status).toBe(201)
    expect(body).toEqual({
      hold: {
        id: expect.any(Number),
        doctor_id: wish.doctor_id,
        patient_id: patient.id,
        visit_type_id: visitType,
        location_id: expect.any(Number),
        session_id: null,
        status: 'pending',
        start_at: '2030-01-07T03:00:00.000Z',
        end_at: '2030-01-07T03:30:00.000Z',
        start_local: '2030-01-07T10:00',
        end_local: '2030-01-07T10:30',
        time_zone: 'Asia/Jakarta',
        expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      visit_type_chosen: { visit_type_id: visitType, name: 'Consultation', because: 'named' },
    })
    const lasts = Date.parse(body.hold.expires_at) - before
    expect([lasts >= 600_000, lasts <= 600_000 + Date.now() - before]).toEqual([true, true])
    expect(headers.get('Location')).toBe(`/api/v1/holds/${body.hold.id}`)
    const shown = await ask('GET', `/holds/${body.hold.id}`, undefined, patient.key)
    expect(shown.body).toEqual({ hold: body.hold })
    expect((await ask('POST', '/holds', { hold: wish }, patient.key)).body).toEqual(body)
  })

  it('takes one trip per call with a known key', async () => {
    const [patient, wish] = [await newPatient(), await wishTen()]
    await ask('GET', '/appointments', undefined, patient.key)
    clinic.takeTrips()
    const { body } = await ask('POST', '/holds', { hold: wish }, patient.key)
    await ask('POST', `/holds/${body.hold.id}/extension`, undefined, patient.key)
    await ask('GET', `/holds/${body.hold.id}`, undefined, patient.key)
    await ask('POST', '/appointments', { appointment: { hold_id: body.hold.id } }, patient.key)
    await ask('DELETE', `/holds/${body.hold.id}`, undefined, patient.key)
    expect(clinic.takeTrips()).toHaveLength(5)
  })

  it('answers 409 to a taken slot, a busy patient and a third hold', async () => {
    const { wish, patient } = await holdTen()
    const other = await newPatient()
    const refusal = async (particulars: object, key: string) => {
      const { status, body } = await ask('POST', '/holds', { hold: { ...wish, ...particulars } }, key)
      return [status, body.code, body.next_free_start_at]
    }
    expect(await refusal({}, other.key)).toEqual([409, 'slot_taken', '2030-01-07T03:30:00.000Z'])
    const elsewhere = { doctor_id: await hireDoctor(sql, { hours }) }
    expect((await refusal(elsewhere, patient.key)).slice(0, 2)).toEqual([409, 'patient_busy'])
    await ask('POST', '/holds', { hold: { ...wish, start_at: at('11:00') } }, patient.key)
    const third = { start_at: at('12:00') }
    expect(await refusal(third, patient.key)).toEqual([409, 'too_many_holds', undefined])
  })

  it.each([
    ['outside_hours', { start_at: at('20:00') }],
    ['off_grid', { start_at: at('10:05') }],
    ['in_the_past', { start_at: '2020-01-07T10:00:00+07:00' }],
  ])('answers 422 %s', async (code, particulars) => {
    const { key } = await newPatient()
    const refused = await ask('POST', '/holds', { hold: await wishTen(particulars) }, key)
    expect([refused.status, refused.body.code]).toEqual([422, code])
  })

  it.each([
    [{}, ['']],
    [{ hold: {} }, ['/hold/start_at']],
    [{ hold: { start_at: '2030-01-07T10:00:00' } }, ['/hold/start_at']],
    [{ hold: { start_at: at('10:00') } }, ['/hold/visit_type_id']],
    [{ hold: { start_at: at('10:00'), override_reason: 'Pain' } }, ['/hold/override_reason']],
    [{ hold: { start_at: at('10:00'), hold_id: 1 } }, ['/hold/hold_id']],
    [
      { hold: { start_at: 'x', doctor_id: 'x', end_at: 7 } },
      ['/hold/doctor_id', '/hold/start_at', '/hold/end_at'],
    ],
    [
      { hold: { start_at: at('10:00'), end_at: at('11:00'), doctor_id: 'D', visit_type_id: 'V' } },
      ['/hold/end_at'],
    ],
  ])('answers 422 to %j, pointing to what is wrong', async (body, pointers) => {
    const written = JSON.stringify(body)
      .replace('"D"', String(await hireDoctor(sql)))
      .replace('"V"', String(visitType))
    const refused = await ask('POST', '/holds', written, (await newPatient()).key)
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid'])
    const pointed = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointed).toEqual(pointers[0] === '' ? ['/hold'] : pointers)
  })

  it('answers 404 to an unknown doctor or patient, and 403 to another account’s patient', async () => {
    const { key } = await newPatient()
    const status = async (particulars: object, own: string) =>
      (await ask('POST', '/holds', { hold: await wishTen({ ...particulars }) }, own)).status
    expect(await status({ doctor_id: 999_999 }, key)).toBe(404)
    expect(await status({ patient_id: 999_999 }, desk)).toBe(404)
    expect(await status({ patient_id: 999_999 }, key)).toBe(403)
  })
})

describe('a hold', () => {
  it('can be extended once', async () => {
    const { id, patient, expiresAt } = await holdTen()
    const extend = () => ask('POST', `/holds/${id}/extension`, undefined, patient.key)
    const { status, body } = await extend()
    expect([status, body.hold.id, body.hold.status]).toEqual([200, id, 'pending'])
    expect(Date.parse(body.hold.expires_at)).toBeGreaterThan(expiresAt)
    expect(await extend()).toMatchObject({
      status: 409,
      body: { code: 'already_extended', appointment_status: 'pending' },
    })
    await expire(id)
    expect(await extend()).toMatchObject({ status: 409, body: { code: 'hold_expired' } })
  })

  it('can be released, and again, but not once booked', async () => {
    const { id, wish, patient } = await holdTen()
    const release = (hold: number) => ask('DELETE', `/holds/${hold}`, undefined, patient.key)
    expect(await release(id)).toMatchObject({ status: 204, body: null })
    expect(await release(id)).toMatchObject({ status: 204, body: null })
    expect((await ask('GET', `/holds/${id}`, undefined, patient.key)).status).toBe(404)
    const held = await ask('POST', '/holds', { hold: wish }, patient.key)
    const next = held.body.hold.id
    expect([held.status, next === id]).toEqual([201, false])
    await ask('POST', '/appointments', { appointment: { hold_id: next } }, patient.key)
    expect(await release(next)).toMatchObject({
      status: 409,
      body: { code: 'wrong_status', appointment_status: 'booked' },
    })
    expect((await ask('GET', `/holds/${next}`, undefined, patient.key)).status).toBe(404)
  })

  it('is 404 when unknown, expired or another patient’s', async () => {
    const { id } = await holdTen()
    const { key } = await newPatient()
    for (const hold of [id, 999_999, 'abc', 0])
      for (const [method, path] of [
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/extension'],
      ] as const)
        expect(await ask(method, `/holds/${hold}${path}`, undefined, key)).toMatchObject({
          status: 404,
          body: { code: 'not_found' },
        })
    const booking = { appointment: { hold_id: id } }
    expect((await ask('POST', '/appointments', booking, key)).status).toBe(404)
    expect((await ask('GET', `/holds/${id}`, undefined, desk)).status).toBe(200)
    await expire(id)
    expect((await ask('GET', `/holds/${id}`, undefined, desk)).status).toBe(404)
  })

  it('is listed only among pending appointments', async () => {
    const { id, patient } = await holdTen()
    const list = async (query: string) =>
      (await ask('GET', `/appointments?${query}`, undefined, patient.key)).body.appointments
    expect(await list('status=pending')).toMatchObject([{ id, status: 'pending' }])
    for (const query of ['', 'status=booked', 'status=cancelled']) expect(await list(query)).toEqual([])
  })
})

describe('POST /api/v1/appointments with a hold_id', () => {
  it('books the hold under its id, and again', async () => {
    const { id, patient } = await holdTen()
    const book = () => ask('POST', '/appointments', { appointment: { hold_id: String(id) } }, patient.key)
    const booked = await book()
    expect(booked.status).toBe(201)
    expect(booked.body.appointment).toMatchObject({ id, status: 'booked', patient_id: patient.id })
    expect(booked.body.appointment).not.toHaveProperty('expires_at')
    expect(booked.headers.get('Location')).toBe(`/api/v1/appointments/${id}`)
    expect(booked.headers.get('ETag')).toBe('"2"')
    expect((await book()).body).toEqual(booked.body)
  })

  it('stores a reason for the visit, which a hold cannot have', async () => {
    const { id, patient } = await holdTen()
    const reason_for_visit = 'A cough'
    const booked = await ask(
      'POST',
      '/appointments',
      { appointment: { hold_id: id, reason_for_visit } },
      patient.key,
    )
    expect(booked).toMatchObject({ status: 201, body: { appointment: { id, reason_for_visit } } })
    const hold = { ...(await wishTen()), reason_for_visit }
    expect(await ask('POST', '/holds', { hold }, patient.key)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/hold/reason_for_visit' }] },
    })
  })

  it('answers 422 to the front desk until it names a patient', async () => {
    const held = await ask('POST', '/holds', { hold: await wishTen() }, desk)
    expect([held.status, held.body.hold.patient_id]).toEqual([201, null])
    const book = (others: object) =>
      ask('POST', '/appointments', { appointment: { hold_id: held.body.hold.id, ...others } }, desk)
    expect(await book({})).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer: '/appointment/patient_id', detail: 'is required' }] },
    })
    expect((await book({ patient_id: 999_999 })).status).toBe(404)
    const { id } = await newPatient()
    expect(await book({ patient_id: id })).toMatchObject({
      status: 201,
      body: { appointment: { id: held.body.hold.id, patient_id: id } },
    })
  })

  it('answers 422 to fields the hold already has, and to neither a hold nor a start', async () => {
    const { key } = await newPatient()
    const others = { doctor_id: 1, location_id: 1, specialty: 'Sleep', visit_type_id: 1 }
    const times = { start_at: at('10:00'), end_at: at('11:00'), override_reason: 'Pain' }
    const pointersOf = async (appointment: object) => {
      const { status, body } = await ask('POST', '/appointments', { appointment }, key)
      return [status, ...body.errors.map(({ pointer }: { pointer: string }) => pointer)]
    }
    const all = { ...others, ...times }
    const pointers = Object.keys(all).map((field) => `/appointment/${field}`)
    expect(await pointersOf({ hold_id: 1, ...all })).toEqual([422, ...pointers])
    expect(await pointersOf({ visit_type_id: 1 })).toEqual([422, '/appointment/start_at'])
    expect(await pointersOf({ hold_id: 'x' })).toEqual([422, '/appointment/hold_id'])
  })
})
