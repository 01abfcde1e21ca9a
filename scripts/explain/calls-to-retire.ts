import { findVisitType } from '../../src/clinic/availability/find-visit-types.ts'
import { redefineVisitType } from '../../src/clinic/availability/redefine-visit-type.ts'
import { changeDoctor } from '../../src/clinic/doctors/change.ts'
import { changeLocation } from '../../src/clinic/locations/change.ts'
import { findLocation } from '../../src/clinic/locations/find.ts'
import { findTravelTimes, setTravelTimes } from '../../src/clinic/locations/travel-times.ts'
import { addResource } from '../../src/clinic/resources/add.ts'
import { changeResource } from '../../src/clinic/resources/change.ts'
import { findResource } from '../../src/clinic/resources/find.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

/** Retires what has appointments ahead, which is refused, and what has none. */
export async function retire({ cast, as, ...clinic }: Explained, { call, refused }: Recorder): Promise<void> {
  const { doctors, locationId, visitTypeId } = cast
  const admin = clinic.context(as.admin)
  const wish = { isActive: false, mayStrand: [] }
  await call('a location is shown', () => findLocation(admin, locationId))
  await refused('a busy location is closed for good', 'WouldStrand', () =>
    changeLocation(admin, locationId, wish),
  )
  await refused('a busy doctor is retired', 'WouldStrand', () => changeDoctor(admin, doctors[0], wish))
  await call('a visit type is shown', () => findVisitType(admin, visitTypeId))
  await refused('a busy visit type is withdrawn', 'WouldStrand', () =>
    redefineVisitType(admin, visitTypeId, wish),
  )
  const room = { locationId, type: 'room', kind: 'explained', name: 'Explained room', sortOrder: 0 } as const
  const { id } = await call('a room is added', () => addResource(admin, room))
  await call('… and shown', () => findResource(admin, id))
  await call('… and put out of use', () => changeResource(admin, id, wish))
  await call('travel times are listed', () => findTravelTimes(admin))
  await call('… and replaced', () => setTravelTimes(admin, []))
}
