import { expect, it } from 'vitest'
import { safeAddress } from '../../src/observability/safe-address.ts'

const written = (path: string, route: string) => safeAddress(new URL(path, 'https://clinic.example'), route)

it.each([
  ['/api/v1/slots?visit_type_id=1&from=2030-01-07&part_of_day=morning&limit=5', '/api/v1/slots'],
  ['/booking?doctor_id=7&view=week&lang=id', '/booking'],
  ['/api/v1/appointments/4711', '/api/v1/appointments/:id'],
])('%s is logged as it is', (path, route) => {
  expect(written(path, route)).toBe(path)
})

it('an instant can be replayed as logged', () => {
  const path = written('/api/v1/appointments?from=2030-01-07T09:00:00%2B07:00', '/api/v1/appointments')
  expect(new URL(path, 'https://clinic.example').searchParams.get('from')).toBe('2030-01-07T09:00:00+07:00')
})

it.each([
  ['a free-text parameter', '/appointments?patient=Siti&cursor=x.y', '/appointments', '/appointments'],
  ['a search', '/api/v1/patients?q=Siti+1990&limit=5', '/api/v1/patients', '/api/v1/patients?limit=5'],
  ['a value of another shape', '/booking?doctor_id=Siti&from=Siti&lang=si', '/booking', '/booking'],
  ['a property of every object', '/booking?constructor=1&toString=1', '/booking', '/booking'],
  ['a malformed id', '/api/v1/doctors/Siti', '/api/v1/doctors/:id', '/api/v1/doctors/…'],
  ['an unknown path', '/Siti/Rahayu?doctor_id=7', '/*', '/…?doctor_id=7'],
])('%s is left out', (_, path, route, safe) => {
  expect(written(path, route)).toBe(safe)
})
