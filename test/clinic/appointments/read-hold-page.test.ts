import { beforeAll, expect, it } from 'vitest'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { readHoldPage } from '../../../src/clinic/appointments/read-hold-page.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
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

const nobody: Actor = { kind: 'anonymous' }
const patient = (...patientIds: number[]): Actor => ({ kind: 'patient', accountId: 3, patientIds })
const inBrowser = (id: string, actor: Actor = nobody, minutes = 0) =>
  clinic.context({
    actor,
    now: new Date(morning.getTime() + minutes * 60_000),
    browser: { id, addressHash: id },
  })

/** Ten o'clock of a new doctor with half hours, held in that browser. */
async function holdTen(browser: string) {
  const doctorId = await hireDoctor(sql, { gridMinutes: 30 })
  const held = await holdSlot(inBrowser(browser), { doctorId, visitTypeId, startAt: at('10:00') })
  if (!held.ok) throw new Error(held.refusal)
  return held.appointment
}

it('of an open hold is the hold, in one trip, and nobody to book for before signing in', async () => {
  const hold = await holdTen('one')
  clinic.takeTrips()
  const page = await readHoldPage(inBrowser('one', nobody, 9), hold.id)
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(page).toEqual({ hold, isOpen: true, forWhom: null, nearest: [] })
})

it('names the patients of whoever has signed in since', async () => {
  const { id } = await holdTen('two')
  const ids = [await registerPatient(sql, 'Zed'), await registerPatient(sql, 'Ann')]
  const { forWhom } = await readHoldPage(inBrowser('two', patient(...ids)), id)
  expect(forWhom?.patients.map(({ name }) => name)).toEqual(['Ann', 'Zed'])
})

const nearest = async (browser: string, minutes: number, id: number, actor: Actor = nobody) => {
  const page = await readHoldPage(inBrowser(browser, actor, minutes), id)
  return [page.hold.status, page.isOpen, page.nearest.map(({ startLocal }) => startLocal.slice(11))]
}

it('of one that has expired, or was let go, or is booked, says what is free nearest', async () => {
  const { id } = await holdTen('three')
  expect(await nearest('three', 10, id)).toEqual(['pending', false, ['09:30', '10:00', '10:30']])
  await releaseHold(inBrowser('three', nobody, 5), id)
  expect(await nearest('three', 5, id)).toEqual(['cancelled', false, ['09:30', '10:00', '10:30']])
  const booked = await holdTen('four')
  const actor = patient(await registerPatient(sql))
  await bookHold(inBrowser('four', actor), { holdId: booked.id })
  expect(await nearest('four', 1, booked.id, actor)).toEqual(['booked', false, ['09:00', '09:30', '10:30']])
})

it('is nobody else’s', async () => {
  const { id } = await holdTen('five')
  await expect(readHoldPage(inBrowser('other'), id)).rejects.toEqual(new NotFound('hold'))
  await expect(readHoldPage(inBrowser('five'), 999_999)).rejects.toEqual(new NotFound('hold'))
  await expect(readHoldPage(clinic.context({ actor: nobody }), id)).rejects.toThrow(NotSignedIn)
  const doctor: Actor = { kind: 'doctor', accountId: 5, doctorId: 1 }
  await expect(readHoldPage(clinic.context({ actor: doctor }), id)).rejects.toThrow(Forbidden)
})
