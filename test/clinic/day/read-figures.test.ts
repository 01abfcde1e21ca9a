import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/clinic/context.ts'
import { type Figures, readFigures } from '../../../src/clinic/day/read-figures.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { anonymous, desk, patient } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import { dayAfter, figuresOf, type ImaginedWeek } from '../../support/figures-oracle.ts'
import { imagineWeek } from '../../support/imagine-week.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-30T10:24+07:00')

const read = (actor: Actor, asked: Parameters<typeof readFigures>[1]) =>
  readFigures(clinic.context({ actor, now }), asked)

/** What the oracle counts, as the answer says it. */
function compared({ totals, days, byDoctor, byRoom, leadDays }: Figures) {
  const usage = ({
    id,
    openMinutes,
    takenMinutes,
  }: {
    id: number
    openMinutes: number
    takenMinutes: number
  }) => ({
    id,
    openMinutes,
    takenMinutes,
  })
  return {
    totals,
    days,
    doctors: byDoctor.map(({ name, ...doctor }) => doctor),
    rooms: byRoom.map(usage),
    leadDays,
  }
}

describe('the figures of random weeks', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'are those that the oracle counts (%i)',
    async (seed) => {
      const week = await imagineWeek(sql, seed)
      const figures = await read(desk, { locationId: week.locationId, on: dayAfter(week.monday, seed % 7) })
      const expected = figuresOf(week)
      const byId = <T extends { id: number }>(all: T[]) => all.toSorted((one, other) => one.id - other.id)
      const found = compared(figures)
      expect(figures.monday).toBe(week.monday)
      expect({ ...found, doctors: byId(found.doctors) }).toEqual({
        ...expected,
        doctors: expected.doctors.filter(({ booked, openMinutes }) => booked > 0 || openMinutes > 0),
      })
      const [doctor] = week.doctors
      const own = await read(desk, { locationId: week.locationId, on: week.monday, doctorId: doctor?.id })
      expect(own.totals.booked).toBe(expected.doctors[0]?.booked)
    },
  )
})

describe('who may see them', () => {
  it('doctors see their own, or all where the clinic allows it', async () => {
    const week = await imagineWeek(sql, 1)
    const [doctor] = week.doctors as [ImaginedWeek['doctors'][0]]
    const actor: Actor = { kind: 'doctor', accountId: 1, doctorId: doctor.id }
    const own = await read(actor, { on: week.monday, doctorId: week.doctors[1]?.id })
    expect(own.totals.booked).toBe(figuresOf(week).doctors[0]?.booked)
    expect(own.byDoctor.map(({ id }) => id)).toEqual([doctor.id])
    expect(own.doctors.map(({ id }) => id)).toEqual([doctor.id])
    await sql.query('update clinic_settings set doctors_see_one_another = true')
    expect((await read(actor, { on: week.monday })).byDoctor).toHaveLength(figuresOf(week).doctors.length)
    await sql.query('update clinic_settings set doctors_see_one_another = false')
  })

  it('a bound front desk sees its locations, and no one else anything', async () => {
    const [here, there] = [await imagineWeek(sql, 2), await imagineWeek(sql, 3)]
    const bound: Actor = { kind: 'front_desk', accountId: 7, locationIds: [here.locationId] }
    const { locations } = await read(bound, {})
    expect(locations.map(({ id }) => id)).toEqual([here.locationId])
    for (const [actor, locationId] of [
      [bound, there.locationId],
      [patient(1), undefined],
      [anonymous, undefined],
    ] as const)
      await expect(read(actor, { locationId })).rejects.toThrow(NotFound)
  })
})
