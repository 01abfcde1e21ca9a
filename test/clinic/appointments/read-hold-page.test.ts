import { expect, it } from 'vitest'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { readHoldPage } from '../../../src/clinic/appointments/read-hold-page.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { anonymous, doctor, patient } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { hireDoctor, registerPatient } from '../../support/people.ts'

const { clinic, sql, as, holdTen } = await openMondayClinic()
const inBrowser = (id: string, actor = anonymous, minutes = 0) => as(actor, minutes, id)

/** A visitor's hold with a doctor who has a slot every half hour. */
const holdIn = async (browser: string) => {
  const { held } = await holdTen({ doctorId: await hireDoctor(sql, { gridMinutes: 30 }) }, anonymous, browser)
  return held
}

it('shows an open hold in one trip, with no patients before signing in', async () => {
  const hold = await holdIn('one')
  clinic.takeTrips()
  const page = await readHoldPage(inBrowser('one', anonymous, 9), hold.id)
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(page).toEqual({ hold, isOpen: true, forWhom: null, nearest: [] })
})

it('lists the account’s patients after signing in', async () => {
  const { id } = await holdIn('two')
  const ids = [await registerPatient(sql, 'Zed'), await registerPatient(sql, 'Ann')]
  const { forWhom } = await readHoldPage(inBrowser('two', patient(...ids)), id)
  expect(forWhom?.patients.map(({ name }) => name)).toEqual(['Ann', 'Zed'])
})

const nearest = async (browser: string, minutes: number, id: number, actor = anonymous) => {
  const page = await readHoldPage(inBrowser(browser, actor, minutes), id)
  return [page.hold.status, page.isOpen, page.nearest.map(({ startLocal }) => startLocal.slice(11))]
}

it('offers the nearest free times once the hold has expired, was released or is booked', async () => {
  const { id } = await holdIn('three')
  expect(await nearest('three', 10, id)).toEqual(['pending', false, ['09:30', '10:00', '10:30']])
  await releaseHold(inBrowser('three', anonymous, 5), id)
  expect(await nearest('three', 5, id)).toEqual(['cancelled', false, ['09:30', '10:00', '10:30']])
  const booked = await holdIn('four')
  const actor = patient(await registerPatient(sql))
  await bookHold(inBrowser('four', actor), { holdId: booked.id })
  expect(await nearest('four', 1, booked.id, actor)).toEqual(['booked', false, ['09:00', '09:30', '10:30']])
})

it('refuses everyone else', async () => {
  const { id } = await holdIn('five')
  await expect(readHoldPage(inBrowser('other'), id)).rejects.toEqual(new NotFound('hold'))
  await expect(readHoldPage(inBrowser('five'), 999_999)).rejects.toEqual(new NotFound('hold'))
  await expect(readHoldPage(clinic.context({ actor: anonymous }), id)).rejects.toThrow(NotSignedIn)
  await expect(readHoldPage(clinic.context({ actor: doctor }), id)).rejects.toThrow(Forbidden)
})
