import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { movedAppointment, movingInput } from '../clinic/appointments/moving.ts'
import { findOpenSlots, findOpenSlotsInput } from '../clinic/availability/find-open-slots.ts'
import { findWeeklyHours } from '../clinic/availability/find-weekly-hours.ts'
import { offerVisitTypes, offerVisitTypesInput } from '../clinic/availability/offer-visit-types.ts'
import { setWeeklyHours, weeklyHoursInput } from '../clinic/availability/set-weekly-hours.ts'
import { changeDoctor, changeDoctorInput } from '../clinic/doctors/change.ts'
import { type Doctor, doctorKey, findDoctor, findDoctors, findDoctorsInput } from '../clinic/doctors/find.ts'
import { hireDoctor, hireDoctorInput } from '../clinic/doctors/hire.ts'
import { closed, listOf } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import { refuseOverlaps } from '../clinic/weekly-ranges.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { announceOldLocation } from '../http/deprecation.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { timeOffApi } from './absences.ts'
import type { DoctorJson, HiredDoctorJson } from './clinic-answers.ts'
import { allowOnly, limitSearches, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery, refuseNamed, toError } from './refuse-invalid.ts'
import { slotExplanationsApi } from './slot-explanations.ts'
import { slotToJson } from './slots.ts'

export const doctorBody = closed({ doctor: inSnakeCase(hireDoctorInput) })
export const changesBody = closed({ doctor: inSnakeCase(changeDoctorInput) })
export const hoursBody = closed({
  weekly_hours: listOf(inSnakeCase(weeklyHoursInput)).superRefine(refuseOverlaps),
})
export const offersBody = closed({ visit_type_ids: offerVisitTypesInput })
export const doctorsSearch = inSnakeCase(findDoctorsInput.extend(paging(50)))
export const doctorSlotsSearch = inSnakeCase(findOpenSlotsInput.omit({ doctorId: true }).extend(movingInput))

export const doctorsApi = new Hono<AppEnv>()

doctorsApi.use('/', announceOldLocation)
doctorsApi.use('/:id', announceOldLocation)

doctorsApi.get('/', zValidator('query', doctorsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, doctorKey)
  const found = await findDoctors(c.var.clinic, { ...asked, after })
  if (!found.ok) return refuseNamed(c, found.faults)
  if (found.next) await linkToNext(c, [found.next.sortOrder, found.next.name, found.next.id])
  return c.json({ doctors: found.doctors.map(doctorToJson) })
})
doctorsApi.post('/', requireJson, zValidator('json', doctorBody, refuseInvalid), async (c) => {
  const { doctor } = c.req.valid('json')
  const hired = await hireDoctor(c.var.clinic, doctor)
  if (!hired.ok) return refuseFields(c, 'doctor', hired.faults)
  const { id, locationIds, version } = hired
  const { name, specialty, role, gridMinutes, isListed = true, sortOrder = 0 } = doctor
  const answer: HiredDoctorJson = {
    id,
    ...snakeKeys({
      name,
      locationIds,
      locationId: locationIds[0] ?? 0,
      specialty,
      role,
      gridMinutes,
      isListed,
      sortOrder,
      version,
    }),
  }
  c.header('ETag', `"${version}"`)
  return c.json({ doctor: answer }, 201)
})
doctorsApi.all('/', allowOnly('GET, HEAD, POST'))

doctorsApi.get('/:id', conditionalGet, async (c) =>
  showDoctor(c, await findDoctor(c.var.clinic, idIn(c, 'doctor'))),
)
doctorsApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', changesBody, refuseInvalid),
  async (c) => {
    const wish = { mayStrand: [], ...c.req.valid('json').doctor, version: readIfMatch(c) }
    const changed = await changeDoctor(c.var.clinic, idIn(c, 'doctor'), wish)
    const { appointmentIds } = changed
    const found = appointmentIds.length > 0 ? { appointment_ids: appointmentIds } : {}
    if (!changed.ok) return refuseFields(c, 'doctor', changed.faults, found)
    return showDoctor(c, changed.doctor, { appointment_ids: appointmentIds })
  },
)
doctorsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))

doctorsApi.get(
  '/:id/slots',
  ...limitSearches,
  zValidator('query', doctorSlotsSearch, refuseInvalidQuery),
  async (c) => {
    const { moving, ...asked } = { doctorId: idIn(c, 'doctor'), ...c.req.valid('query') }
    const moved = moving === undefined ? undefined : movedAppointment(c.var.clinic, moving)
    const found = await findOpenSlots(c.var.clinic, asked, moved)
    if (found.ok) return c.json({ slots: found.slots.map(slotToJson) })
    if (found.refusal === 'not_offered') return problem(c, found.refusal, { offered: found.offered })
    return refuseNamed(c, found.faults)
  },
)
doctorsApi.all('/:id/slots', allowOnly('GET, HEAD'))
doctorsApi.route('/:id/slots/explanation', slotExplanationsApi)

doctorsApi.get('/:id/weekly-hours', conditionalGet, async (c) => {
  const { hours, version } = await findWeeklyHours(c.var.clinic, idIn(c, 'doctor'))
  c.header('ETag', `"${version}"`)
  return c.json({ weekly_hours: hours })
})

/** The whole week at once: putting it again is the same. */
doctorsApi.put(
  '/:id/weekly-hours',
  requireVersion,
  requireJson,
  zValidator('json', hoursBody, refuseInvalid),
  async (c) => {
    const { weekly_hours } = c.req.valid('json')
    const stranded = await setWeeklyHours(c.var.clinic, idIn(c, 'doctor'), weekly_hours, readIfMatch(c))
    if (stranded.ok) {
      c.header('ETag', `"${stranded.version}"`)
      return c.json({ weekly_hours: weekly_hours.map(snakeKeys), appointment_ids: stranded.appointmentIds })
    }
    const errors = stranded.faults.map(({ at, locationId }) =>
      toError({ path: ['weekly_hours', at, 'location_id'], message: locationId }),
    )
    return problem(c, 'invalid', { errors })
  },
)
doctorsApi.all('/:id/weekly-hours', allowOnly('GET, HEAD, PUT'))

/** All that the doctor offers at once: putting it again is the same. */
doctorsApi.put(
  '/:id/visit-types',
  requireVersion,
  requireJson,
  zValidator('json', offersBody, refuseInvalid),
  async (c) => {
    const { visit_type_ids } = c.req.valid('json')
    const offered = await offerVisitTypes(c.var.clinic, idIn(c, 'doctor'), visit_type_ids, readIfMatch(c))
    if (offered.ok) {
      c.header('ETag', `"${offered.version}"`)
      return c.json({ visit_type_ids: [...new Set(visit_type_ids)], appointment_ids: offered.appointmentIds })
    }
    const errors = offered.unknownIds.map((unknown) =>
      toError({ path: ['visit_type_ids', visit_type_ids.indexOf(unknown)], message: 'unknown' }),
    )
    return problem(c, 'invalid', { errors })
  },
)
doctorsApi.all('/:id/visit-types', allowOnly('PUT'))
doctorsApi.route('/:id/time-off', timeOffApi)

function showDoctor(
  c: Context<AppEnv>,
  doctor: Doctor,
  stranded: { appointment_ids?: number[] } = {},
): Response {
  c.header('ETag', `"${doctor.version}"`)
  return c.json({ doctor: doctorToJson(doctor), ...stranded })
}

function doctorToJson(doctor: Doctor): DoctorJson {
  const locations = doctor.locations.map(({ id, name, timeZone }) => ({ id, name, time_zone: timeZone }))
  const [location = { id: 0, name: '', time_zone: 'UTC' }] = locations
  return {
    id: doctor.id,
    name: doctor.name,
    specialty: doctor.specialty,
    role: doctor.role,
    grid_minutes: doctor.gridMinutes,
    is_active: doctor.isActive,
    is_listed: doctor.isListed,
    sort_order: doctor.sortOrder,
    version: doctor.version,
    locations,
    location,
    weekly_hours: doctor.hours.map(({ weekday, opensAt, closesAt, locationId }) => ({
      weekday,
      opens_at: opensAt,
      closes_at: closesAt,
      location_id: locationId,
    })),
    visit_types: doctor.visitTypes.map(({ id, name, mode, minutes }) => ({ id, name, mode, minutes })),
  }
}
