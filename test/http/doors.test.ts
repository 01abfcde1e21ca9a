import { expect, it } from 'vitest'
import { doorOf, idsIn, isAboutAppointments } from '../../src/http/doors.ts'

it.each([
  ['/api/v1/appointments', 'api'],
  ['/api', 'api'],
  ['/healthz', 'api'],
  ['/providers/resend', 'providers'],
  ['/', 'web'],
  ['/apiary', 'web'],
  ['/booking/holds/7', 'web'],
])('%s belongs to the door %s', (path, door) => {
  expect(doorOf(path)).toBe(door)
})

it.each([
  '/api/v1/appointments/:id/cancellation',
  '/api/v1/holds',
  '/api/v1/walk-ins',
  '/booking',
  '/booking/holds/:id',
  '/appointments/:id/times',
])('%s is about appointments', (route) => {
  expect(isAboutAppointments(route)).toBe(true)
})

it.each(['/api/v1/patients', '/api/v1/appointmentsx', '/bookings', '/dependants', '/sign-in'])(
  '%s is not about appointments',
  (route) => {
    expect(isAboutAppointments(route)).toBe(false)
  },
)

it.each([
  ['/api/v1/appointments/7/arrival', '7', undefined],
  ['/api/v1/holds/8', '8', undefined],
  ['/api/v1/doctors/9/slots', undefined, '9'],
  ['/appointments/7/calendar.ics', '7', undefined],
  ['/booking/confirmation/7', '7', undefined],
  ['/booking/7', undefined, undefined],
  ['/appointments/7x', undefined, undefined],
  ['/doctors/9', undefined, undefined],
])('%s names the appointment %s and the doctor %s', (path, appointment, doctor) => {
  expect(idsIn(path)).toEqual({ appointment, doctor })
})
