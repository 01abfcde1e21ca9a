import { findDeskLocation } from '../../src/clinic/day/find-desk-location.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

/** Connects to the live updates of a day. */
export async function watchTheDay({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const desk = clinic.context(as.desk)
  await call('a location is watched', () => findDeskLocation(desk, cast.locationId))
  await refused('… that does not exist', 'NotFound', () => findDeskLocation(desk, 999_999_999))
}
