import { readBookingPage, readOffers } from '../../src/clinic/appointments/read-booking-page.ts'
import { readLostSlot } from '../../src/clinic/appointments/read-lost-slot.ts'
import { findOpenSlots } from '../../src/clinic/availability/find-open-slots.ts'
import { allVisitTypes } from '../../src/clinic/availability/find-visit-types.ts'
import { partsOfDay, type SearchSlots, searchSlots } from '../../src/clinic/availability/search-slots.ts'
import { personOf } from '../../src/clinic/context.ts'
import { findDoctors } from '../../src/clinic/doctors/find.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Finds free times, doctors and visit types with every filter. */
export const callsForSlots: Calls[] = [search, findOfOne, findOffers, readBooking]

/** What is searched for, by name. */
function searches({
  cast,
  now,
}: Pick<Explained, 'cast' | 'now'>): Record<string, Omit<SearchSlots, 'visitTypeId'>> {
  const { doctors, locationId, specialty } = cast
  const dateIn = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const startAt = new Date(now.getTime() + 3 * 86_400_000)
  const soon = { startAt, load: 0, doctorId: doctors[0], locationId }
  return {
    'any doctor': { limit: 20 },
    'any doctor, after a page': { limit: 20, after: soon },
    'any doctor, a week': { limit: 100, from: dateIn(7), to: dateIn(14), isOneEach: true },
    'any doctor, two months': { limit: 20, from: dateIn(0), to: dateIn(61) },
    'a specialty': { limit: 20, specialty },
    'a location': { limit: 20, locationId },
    'a specialty at a location': { limit: 20, specialty, locationId },
    'one doctor': { limit: 20, doctorId: doctors[0] },
    'one doctor, a week': {
      limit: 100,
      doctorId: doctors[0],
      from: dateIn(7),
      to: dateIn(14),
      isOneEach: true,
    },
    ...Object.fromEntries(
      partsOfDay.map((partOfDay) => [`any doctor, ${partOfDay}`, { limit: 20, partOfDay }]),
    ),
  }
}

async function search(clinic: Explained, { call, refused }: Recorder) {
  const { cast, as } = clinic
  const { visitTypeId, cappedVisitTypeId } = cast
  for (const [name, search] of Object.entries(searches(clinic)))
    await call(`slots of ${name}`, () => searchSlots(clinic.context(as.stranger), { ...search, visitTypeId }))
  const { 'any doctor': any, 'one doctor, a week': week } = searches(clinic)
  for (const [name, search] of Object.entries({ any, week })) {
    if (!search) continue
    await call(`slots of ${name}, for the front desk`, () =>
      searchSlots(clinic.context(as.desk), { ...search, visitTypeId }),
    )
    await call(`slots with a daily cap of ${name}`, () =>
      searchSlots(clinic.context(as.stranger), { ...search, visitTypeId: cappedVisitTypeId }),
    )
  }
  await refused('slots of an unknown visit type', 'invalid', () =>
    searchSlots(clinic.context(as.stranger), { limit: 20, visitTypeId: 2_000_000_000 }),
  )
}

async function findOfOne({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, visitTypeId, cappedVisitTypeId } = cast
  const [doctorId] = doctors
  const stranger = clinic.context(as.stranger)
  const dateIn = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const month = await call('31 days of one doctor', () => findOpenSlots(stranger, { doctorId, visitTypeId }))
  await call('62 days of one doctor', () =>
    findOpenSlots(stranger, { doctorId, visitTypeId, from: dateIn(0), to: dateIn(61) }),
  )
  await call('31 days of one doctor, with a daily cap', () =>
    findOpenSlots(stranger, { doctorId, visitTypeId: cappedVisitTypeId }),
  )
  await call('31 days of one doctor, for the front desk', () =>
    findOpenSlots(clinic.context(as.desk), { doctorId, visitTypeId }),
  )
  const startAt = month.slots[0]?.startAt.toISOString() ?? now.toISOString()
  await call('what is free near a lost slot', () =>
    readLostSlot(stranger, { doctorId, visitTypeId, startAt }),
  )
}

async function findOffers({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { locationId, specialty } = cast
  for (const actor of [as.stranger, as.desk]) {
    const ctx = clinic.context(actor)
    const after = { sortOrder: 0, name: 'Dr. M', id: 1 }
    await call(`doctors after a page, for ${actor.kind}`, () => findDoctors(ctx, { limit: 50, after }))
    await call('… of a specialty', () => findDoctors(ctx, { limit: 50, specialty, after }))
    await call('… of a location', () => findDoctors(ctx, { limit: 50, locationId, after }))
    await call('all visit types', () => allVisitTypes(ctx))
  }
}

async function readBooking({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, specialty, visitTypeId } = cast
  const [doctorId] = doctors
  const wishes = {
    'nothing yet': { search: null },
    'a visit': { visitTypeId, search: { visitTypeId, limit: 20 } },
    'a specialty': { visitTypeId, specialty, search: { visitTypeId, specialty, limit: 20 } },
    'one doctor': {
      visitTypeId,
      locationId,
      doctorId,
      search: { visitTypeId, locationId, doctorId, limit: 20 },
    },
  }
  for (const [name, wish] of Object.entries(wishes)) {
    await call(`the offers for ${name}`, () => readOffers(clinic.context(as.stranger), wish))
    // The search itself is the same for every role.
    for (const actor of name === 'one doctor' ? [as.patient, as.desk, as.doctor] : [as.patient]) {
      const person = personOf(actor)
      if (!person) continue
      await call(`the booking page for ${name}, of ${actor.kind}`, () =>
        readBookingPage(clinic.context(actor), person, wish),
      )
    }
  }
  const desk = personOf(as.desk)
  if (!desk) return
  await call('the booking page of the front desk', () =>
    readBookingPage(clinic.context(as.desk), desk, { search: null }),
  )
}
