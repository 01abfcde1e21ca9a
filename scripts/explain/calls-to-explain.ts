import { explainFreeTime } from '../../src/clinic/availability/explain-free-time.ts'
import { readWhyPage } from '../../src/clinic/availability/read-why-page.ts'
import { searchSlots } from '../../src/clinic/availability/search-slots.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Why nothing is free, and when something is. */
export const callsToExplain: Calls[] = [explainADay, explainAtOneLocation, lookBeyond]

async function explainADay({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, visitTypeId, cappedVisitTypeId } = cast
  const [doctorId] = doctors
  const on = new Date(now.getTime() + 2 * 86_400_000).toISOString().slice(0, 10)
  const desk = clinic.context(as.desk)
  await call('why nothing is free', () => explainFreeTime(desk, { doctorId, visitTypeId, on }))
  await call('… at a location, with a daily cap', () =>
    explainFreeTime(desk, { doctorId, locationId, visitTypeId: cappedVisitTypeId, on }),
  )
  await call('… for the front desk', () =>
    explainFreeTime(desk, { doctorId, visitTypeId, on, by: 'front_desk' }),
  )
}

async function explainAtOneLocation({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, visitTypeId } = cast
  const on = new Date(now.getTime() + 2 * 86_400_000).toISOString().slice(0, 10)
  const wish = { doctorId: doctors[0], visitTypeId, on }
  await call('the page that explains free times is opened', () => readWhyPage(clinic.context(as.desk), null))
  await call('… and explains a day', () => readWhyPage(clinic.context(as.desk), wish))
  if (as.desk.kind !== 'front_desk') return
  const bound = clinic.context({ ...as.desk, locationIds: [locationId] })
  await call('… to a front desk that is bound to a location', () => readWhyPage(bound, wish))
}

async function lookBeyond({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { visitTypeId, doctors } = cast
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)
  const empty = { from: yesterday, to: yesterday, limit: 24, looksBeyond: true, visitTypeId }
  const stranger = clinic.context(as.stranger)
  await call('the first free time after an empty window', () => searchSlots(stranger, empty))
  await call('… of one doctor', () => searchSlots(stranger, { ...empty, doctorId: doctors[0] }))
}
