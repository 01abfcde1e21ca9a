import { describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const day = 86_400_000
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

/** A visit type whose one doctor works from that day on, ten till eleven. */
async function openFrom(days: number, horizonDays = 180) {
  const visitTypeId = await defineVisitType(sql, { name: `Visit ${Math.random()}`, horizonDays })
  const hours = [
    { weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '10:00', closesAt: '11:00', startsOn: dateIn(days) },
  ]
  const doctorId = await hireDoctor(sql, { hours, gridMinutes: 30, visitTypes: [visitTypeId] })
  return { visit_type_id: String(visitTypeId), doctor_id: String(doctorId) }
}

async function look(query: Record<string, string>) {
  clinic.takeTrips()
  const answer = await fetch(`${clinic.origin}/booking?${new URLSearchParams(query)}`)
  expect(answer.status).toBe(200)
  expect(clinic.takeTrips()).toHaveLength(1)
  return answer.text()
}

describe('a booking page without free times', () => {
  it('names, holds and links the first one after them, on day 65', async () => {
    const asked = await openFrom(65)
    const page = await look(asked)
    expect(page).toContain('The first free time after that is')
    expect(page).toContain(`<time datetime="${dateIn(65)}T03:00:00.000Z">`)
    expect(page).toContain(`name="slot" value="${asked.doctor_id}/${dateIn(65)}T10:00+07:00"`)
    expect(page).toContain(`from=${dateIn(65)}`)
  })

  it('finds it for any doctor, and from the view of a week', async () => {
    const { visit_type_id } = await openFrom(65)
    expect(await look({ visit_type_id })).toContain(`<time datetime="${dateIn(65)}T03:00:00.000Z">`)
    const week = await look({ visit_type_id, view: 'week' })
    expect(week).toContain(`<time datetime="${dateIn(65)}T03:00:00.000Z">`)
  })

  it('says so when there is none within the horizon', async () => {
    const page = await look(await openFrom(65, 60))
    expect(page).toContain('Nothing is free from this date on, as far ahead as you can book.')
    expect(page).not.toContain('The first free time')
  })

  it('does not look further when something is free', async () => {
    expect(await look(await openFrom(20))).not.toContain('The first free time')
  })
})
