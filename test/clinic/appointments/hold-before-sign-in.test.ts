import { describe, expect, it } from 'vitest'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { anonymous, patient } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const { sql, visitTypeId, at, minutesLater, as, hold, statusOf } = await openMondayClinic()
const stranger = (id: string, minutes = 0) => as(anonymous, minutes, id)

describe('a visitor who has not signed in', () => {
  it('holds a slot for no patient yet, and can find, extend and release it', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00'), patientId: 999_999 }
    const held = await hold(stranger('one'), wish)
    expect(held).toMatchObject({ status: 'pending', patient: null, holdExpiresAt: minutesLater(10) })
    expect(await findHold(stranger('one'), held.id)).toEqual(held)
    await expect(findHold(stranger('other'), held.id)).rejects.toThrow(NotFound)
    expect(await extendHold(stranger('one', 5), held.id)).toMatchObject({ ok: true })
    expect(await releaseHold(stranger('one', 6), held.id)).toMatchObject({ ok: true })
    expect(await releaseHold(stranger('one', 6), held.id)).toMatchObject({ ok: true })
    expect((await findEvents(as(), held.id)).map(({ actor, account_id }) => [actor, account_id])).toEqual(
      Array(3).fill(['anonymous', null]),
    )
  })

  it('holds one slot at a time: a new hold releases the last one', async () => {
    const [doctorId, other] = [await hireDoctor(sql), await hireDoctor(sql)]
    const first = await hold(stranger('two'), { doctorId, startAt: at('10:00') })
    const second = await hold(stranger('two', 1), { doctorId, startAt: at('10:15') })
    expect(await statusOf(first.id)).toBe('cancelled')
    const third = await hold(stranger('two', 2), { doctorId: other, startAt: at('12:00') })
    expect([await statusOf(second.id), await statusOf(third.id)]).toEqual(['cancelled', 'pending'])
    await hold(stranger('three'), { doctorId, startAt: at('10:00') })
  })

  it('keeps the hold on asking for the same slot again', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const { id } = await hold(stranger('four'), wish)
    expect(await hold(stranger('four', 1), wish)).toMatchObject({ id, version: 1 })
    expect(await holdSlot(stranger('five', 1), { visitTypeId, ...wish })).toMatchObject({
      refusal: 'slot_taken',
    })
  })

  it('moves the hold to another doctor or visit type at the same time', async () => {
    const control = await defineVisitType(sql, { name: 'Control', minutes: 20 })
    const doctors = [
      await hireDoctor(sql),
      await hireDoctor(sql, { visitTypes: [visitTypeId, control] }),
    ] as const
    const startAt = at('10:00')
    const wishes = [
      { doctorId: doctors[0], startAt },
      { doctorId: doctors[1], startAt },
      { doctorId: doctors[1], startAt, visitTypeId: control },
    ]
    const ids: number[] = []
    for (const wish of wishes) ids.push((await hold(stranger('six'), wish)).id)
    expect(await Promise.all(ids.map(statusOf))).toEqual(['cancelled', 'cancelled', 'pending'])
  })

  it('keeps the hold after signing in, and books it for their patient', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const { id } = await hold(stranger('seven'), wish)
    const patientId = await registerPatient(sql)
    const signedIn = as(patient(patientId), 1, 'seven')
    expect(await hold(signedIn, wish)).toMatchObject({ id, patient: null })
    expect(await bookHold(signedIn, { holdId: id })).toMatchObject({
      ok: true,
      appointment: { id, status: 'booked', patient: { id: patientId } },
    })
  })

  it('keeps the hold after signing in and asking for any doctor at that time', async () => {
    const own = await defineVisitType(sql, { name: 'Of two doctors' })
    for (let n = 0; n < 2; n++) await hireDoctor(sql, { visitTypes: [own] })
    const wish = { visitTypeId: own, startAt: at('09:00') }
    const { id } = await hold(stranger('eight'), wish)
    const signedIn = as(patient(await registerPatient(sql)), 1, 'eight')
    expect(await hold(signedIn, wish)).toMatchObject({ id })
    const { rows } = await sql.query(
      `select id::int from appointments where visit_type_id = $1 and status = 'pending'`,
      [own],
    )
    expect(rows).toEqual([{ id }])
  })

  it('cannot hold without a browser id', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:00') }
    await expect(holdSlot(as(anonymous), wish)).rejects.toThrow(NotSignedIn)
  })
})
