import { beforeAll, describe, expect, it } from 'vitest'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { type HoldSlot, holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import type { Actor, ClinicContext } from '../../../src/clinic/context.ts'
import { NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta; all below is on this day. */
const morning = new Date('2026-11-23T01:00:00Z')
const at = (time: string) => `2026-11-23T${time}`
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const desk: Actor = { kind: 'front_desk', accountId: 7 }
const patient = (...patientIds: number[]): Actor => ({ kind: 'patient', accountId: 3, patientIds })
/** Somebody, so many minutes after eight. */
const as = (actor: Actor = desk, minutes = 0) =>
  clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) })
/** A browser of a network of its own. */
const browser = (id: string) => ({ id, addressHash: `network of ${id}` })
const stranger = (id: string, minutes = 0): ClinicContext => ({
  ...as({ kind: 'anonymous' }, minutes),
  browser: browser(id),
})

/** Holds it, and answers what is held. */
async function hold(ctx: ClinicContext, wish: Partial<HoldSlot> & { startAt: string }) {
  const held = await holdSlot(ctx, { visitTypeId, ...wish })
  if (!held.ok) throw new Error(held.refusal)
  return held.appointment
}

async function statusOf(id: number) {
  return (await sql.query('select status from appointments where id = $1', [id])).rows[0].status
}

const expiresAfter = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)

describe('somebody who has not signed in', () => {
  it('holds a slot for no patient yet, and finds, extends and lets go what they hold', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00'), patientId: 999_999 }
    const held = await hold(stranger('one'), wish)
    expect(held).toMatchObject({ status: 'pending', patient: null, holdExpiresAt: expiresAfter(10) })
    expect(await findHold(stranger('one'), held.id)).toEqual(held)
    await expect(findHold(stranger('other'), held.id)).rejects.toThrow(NotFound)
    expect(await extendHold(stranger('one', 5), held.id)).toMatchObject({ ok: true })
    expect(await releaseHold(stranger('one', 6), held.id)).toMatchObject({ ok: true })
    expect(await releaseHold(stranger('one', 6), held.id)).toMatchObject({ ok: true })
    expect((await findEvents(as(), held.id)).map(({ actor, account_id }) => [actor, account_id])).toEqual(
      Array(3).fill(['anonymous', null]),
    )
  })

  it('holds one slot at a time: another lets the first go', async () => {
    const [doctorId, other] = [await hireDoctor(sql), await hireDoctor(sql)]
    const first = await hold(stranger('two'), { doctorId, startAt: at('10:00') })
    const second = await hold(stranger('two', 1), { doctorId, startAt: at('10:15') })
    expect(await statusOf(first.id)).toBe('cancelled')
    const third = await hold(stranger('two', 2), { doctorId: other, startAt: at('12:00') })
    expect([await statusOf(second.id), await statusOf(third.id)]).toEqual(['cancelled', 'pending'])
    await hold(stranger('three'), { doctorId, startAt: at('10:00') })
  })

  it('holds the same slot again, which is the same hold', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const { id } = await hold(stranger('four'), wish)
    expect(await hold(stranger('four', 1), wish)).toMatchObject({ id, version: 1 })
    expect(await holdSlot(stranger('five', 1), { visitTypeId, ...wish })).toMatchObject({
      refusal: 'slot_taken',
    })
  })

  it('holds the same time with another doctor, or for another visit, and lets the first go', async () => {
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

  it('signs in and asks for the slot once more: it is the hold they have, and it is booked for them', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const { id } = await hold(stranger('seven'), wish)
    const patientId = await registerPatient(sql)
    const signedIn = { ...as(patient(patientId), 1), browser: browser('seven') }
    expect(await hold(signedIn, wish)).toMatchObject({ id, patient: null })
    expect(await bookHold(signedIn, { holdId: id })).toMatchObject({
      ok: true,
      appointment: { id, status: 'booked', patient: { id: patientId } },
    })
  })

  it('signs in and asks for any doctor at the time they hold: it is the hold they have', async () => {
    const own = await defineVisitType(sql, { name: 'Of two doctors' })
    for (let n = 0; n < 2; n++) await hireDoctor(sql, { visitTypes: [own] })
    const wish = { visitTypeId: own, startAt: at('09:00') }
    const { id } = await hold(stranger('eight'), wish)
    const signedIn = { ...as(patient(await registerPatient(sql)), 1), browser: browser('eight') }
    expect(await hold(signedIn, wish)).toMatchObject({ id })
    const { rows } = await sql.query(
      `select id::int from appointments where visit_type_id = $1 and status = 'pending'`,
      [own],
    )
    expect(rows).toEqual([{ id }])
  })

  it('holds nothing when nobody knows who they are', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:00') }
    await expect(holdSlot(as({ kind: 'anonymous' }), wish)).rejects.toThrow(NotSignedIn)
  })
})
