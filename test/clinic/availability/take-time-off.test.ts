import { expect, it } from 'vitest'
import {
  closeLocation,
  findClosures,
  reopenLocation,
} from '../../../src/clinic/availability/close-location.ts'
import { findTimeOff, takeTimeOff, withdrawTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, locationOf } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const ofDoctor = (doctorId: number) => clinic.context({ actor: { kind: 'doctor', accountId: 1, doctorId } })
const noon = { startLocal: '2030-01-07T12:00', endLocal: '2030-01-07T13:00' }

const countRows = async (table: 'time_off' | 'closures') =>
  (await clinic.sql.query(`select count(*)::int from ${table}`)).rows[0].count

it('doctors take time off for themselves only, and close no location', async () => {
  const [doctor, colleague] = [await hireDoctor(clinic.sql), await hireDoctor(clinic.sql)]
  const { id } = await takeTimeOff(ofDoctor(doctor), doctor, noon)
  expect(await findTimeOff(ofDoctor(doctor), doctor)).toHaveLength(1)
  const theirs = await takeTimeOff(clinic.context(), colleague, noon)
  const location = await locationOf(clinic.sql, doctor)
  const ctx = ofDoctor(doctor)
  for (const attempt of [
    () => takeTimeOff(ctx, colleague, noon),
    () => findTimeOff(ctx, colleague),
    () => withdrawTimeOff(ctx, colleague, theirs.id),
    () => closeLocation(ctx, location, noon),
    () => findClosures(ctx, location),
    () => reopenLocation(ctx, location, 1),
  ])
    await expect(attempt()).rejects.toThrow(Forbidden)
  // Another doctor's time off is not found under their own name.
  await expect(withdrawTimeOff(ofDoctor(doctor), doctor, theirs.id)).rejects.toThrow(NotFound)
  await withdrawTimeOff(ofDoctor(doctor), doctor, id)
  expect(await findTimeOff(clinic.context(), colleague)).toHaveLength(1)
})

const person: Actor = { kind: 'front_desk', accountId: 1 }

it.each([
  ['a stranger', { kind: 'anonymous' }, NotSignedIn],
  ['a patient', { kind: 'patient', accountId: 1, patientIds: [1] }, Forbidden],
  [
    'a key that may only book',
    { kind: 'api_client', keyId: 1, scopes: ['appointments:write'], actsFor: person },
    Forbidden,
  ],
] satisfies [string, Actor, unknown][])(
  '%s can neither see nor enter an absence',
  async (_, actor, refusal) => {
    const ctx = clinic.context({ actor })
    const rows = [await countRows('time_off'), await countRows('closures')]
    clinic.takeTrips()
    for (const attempt of [takeTimeOff, closeLocation])
      await expect(attempt(ctx, 1, noon)).rejects.toThrow(refusal)
    for (const attempt of [findTimeOff, findClosures]) await expect(attempt(ctx, 1)).rejects.toThrow(refusal)
    for (const attempt of [withdrawTimeOff, reopenLocation])
      await expect(attempt(ctx, 1, 1)).rejects.toThrow(refusal)
    expect(clinic.takeTrips()).toEqual([])
    expect([await countRows('time_off'), await countRows('closures')]).toEqual(rows)
  },
)

it('unknown doctors, locations and absences are not found', async () => {
  const ctx = clinic.context()
  await expect(takeTimeOff(ctx, 999_999, noon)).rejects.toEqual(new NotFound('doctor'))
  await expect(findTimeOff(ctx, 999_999)).rejects.toEqual(new NotFound('doctor'))
  await expect(withdrawTimeOff(ctx, 999_999, 1)).rejects.toEqual(new NotFound('time off'))
  await expect(closeLocation(ctx, 999_999, noon)).rejects.toEqual(new NotFound('location'))
  await expect(findClosures(ctx, 999_999)).rejects.toEqual(new NotFound('location'))
  await expect(reopenLocation(ctx, 999_999, 1)).rejects.toEqual(new NotFound('closure'))
})
