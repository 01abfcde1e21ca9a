import { expect } from 'vitest'
import { operations } from '../../src/api/description/registry.ts'
import { sampleCall, samplePath } from '../../src/api/description/sample.ts'
import { asking } from './api.ts'
import type { Clinic } from './clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, registerPatient } from './people.ts'
import { allRoutes } from './routes.ts'
import { openSampleClinic } from './sample-clinic.ts'

export type Headers_ = Record<string, string>

/** Every address of the API, in a clinic with something to see at each. */
export async function openAddresses(clinic: Clinic) {
  const { sql, origin } = clinic
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

  const own: Record<string, number> = {
    doctors: doctor,
    locations: location.id,
    appointments: appointment.id,
    holds: hold.id,
    patients: appointment.patient_id,
  }
  const { things, fields } = openSampleClinic(clinic)
  const sample = {
    things: {
      ...things,
      ...Object.fromEntries(Object.entries(own).map(([collection, id]) => [collection, async () => id])),
    },
    fields: { ...fields, visit_type_id: () => visitType },
  }

  const routes = allRoutes().filter(({ path }) => path.startsWith('/api/'))
  /** Each address with its methods. */
  const addresses = await Promise.all(
    [...Map.groupBy(routes, ({ path }) => path)].map(async ([route, of]) => ({
      path: await samplePath(route, sample),
      methods: [...new Set(of.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))],
    })),
  )
  const readable = addresses.filter(({ methods }) => methods.includes('GET')).map(({ path }) => path)
  const ofData = readable.filter((path) => path !== '/api/docs')
  /** The sample call of each operation. */
  const samples = await Promise.all(
    operations.map(async (operation) => ({ operation, ...(await sampleCall(operation, sample)) })),
  )
  /** The path with the parameters that it requires. */
  const withQuery = (path: string) =>
    samples.find((one) => one.method === 'GET' && one.path.split('?')[0] === path)?.path ?? path

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
    samples,
    withQuery,
    all,
    unshown,
    codeOf,
  }
}
