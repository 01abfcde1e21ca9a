import { expect } from 'vitest'
import { asking } from './api.ts'
import type { Clinic } from './clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, registerPatient } from './people.ts'
import { routesOfApp } from './routes.ts'

export type Headers_ = Record<string, string>

/** Every address of the API, in a clinic with something to see at each. */
export async function openAddresses({ sql, origin }: Clinic) {
  const admin = await openAdmin(sql)
  const call = asking(origin, admin)
  const key = { Authorization: `Bearer ${admin}` }
  const visitType = await defineVisitType(sql)
  const doctor = await hireDoctor(sql, { visitTypes: [visitType] })
  const { location } = (await call('GET', `/doctors/${doctor}`)).body.doctor
  const wish = async (time: string) => ({
    doctor_id: doctor,
    visit_type_id: visitType,
    patient_id: await registerPatient(sql),
    start_at: `2030-01-07T${time}:00+07:00`,
  })
  const { appointment } = (await call('POST', '/appointments', { appointment: await wish('10:00') })).body
  const { hold } = (await call('POST', '/holds', { hold: await wish('11:00') })).body

  const ask = (method: string, path: string, headers: Headers_ = {}) =>
    fetch(origin + path, { method, headers })
  const get = (path: string, headers: Headers_ = {}) => ask('GET', path, headers)

  const ids: Record<string, string | number> = {
    'doctors/:id': doctor,
    'locations/:id': location.id,
    'appointments/:id': appointment.id,
    'holds/:id': hold.id,
    'patients/:id': appointment.patient_id,
    'problems/:code': 'slot_taken',
    ':absenceId': 1,
    ':id': 1,
  }

  function addressOf(route: string): string {
    const places = Object.entries(ids)
    return places.reduce((path, [place, id]) => path.replace(place, place.replace(/:\w+/, String(id))), route)
  }

  const routes = routesOfApp().filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
  /** Each address with its methods. */
  const addresses = [...Map.groupBy(routes, ({ path }) => path)].map(([path, of]) => ({
    path: addressOf(path),
    methods: [...new Set(of.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))],
  }))
  const readable = addresses.filter(({ methods }) => methods.includes('GET')).map(({ path }) => path)
  const ofData = readable.filter((path) => path !== '/api/docs')
  /** Adds the parameters that some addresses require. */
  const withQuery = (path: string) => (path.endsWith('/slots') ? `${path}?visit_type_id=${visitType}` : path)

  const all = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  const unshown = { HEAD: true, OPTIONS: true } as Record<string, boolean>
  const codeOf = async (method: string, response: Response) => {
    if (unshown[method]) return undefined
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    return ((await response.json()) as { code: string }).code
  }
  return {
    key,
    call,
    visitType,
    doctor,
    location,
    wish,
    appointment,
    hold,
    ask,
    get,
    addresses,
    readable,
    ofData,
    withQuery,
    all,
    unshown,
    codeOf,
  }
}
