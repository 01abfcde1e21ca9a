import { beforeAll, describe, expect, it } from 'vitest'
import { asking, pagesFrom } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const ask = asking(clinic.origin, await openDesk(clinic.sql))
let [doctor, patient, another] = [0, 0, 0]

beforeAll(async () => {
  doctor = await hireDoctor(clinic.sql)
  ;[patient, another] = [await registerPatient(clinic.sql), await registerPatient(clinic.sql)]
  await clinic.sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, case when n % 2 = 0 then $2::bigint else $3 end, start_at, start_at + interval '30 minutes'
     from generate_series(0, 24) n,
     lateral (select timestamptz '2030-01-07 01:00Z' + n * interval '30 minutes' as start_at) at`,
    [doctor, patient, another],
  )
})

interface Listed {
  start_at: string
  patient_id: number
}

async function listAll(query: string, key?: string): Promise<Listed[]> {
  const listed: Listed[] = []
  for await (const { body } of pagesFrom(ask, `/appointments?${query}`, key))
    listed.push(...body.appointments)
  return listed
}

describe('GET /api/v1/appointments', () => {
  it('lists in order of start, page by page', async () => {
    const listed = await listAll('limit=10')
    const starts = listed.map(({ start_at }) => start_at)
    expect(starts).toHaveLength(25)
    expect(starts).toEqual(starts.toSorted())
    expect(await listAll('limit=100')).toEqual(listed)
  })

  it('lists only their own to a patient, whatever they ask for', async () => {
    const key = await giveKey(clinic.sql, await openAccount(clinic.sql, { patientIds: [patient] }))
    const own = await listAll('limit=4', key)
    expect(own).toHaveLength(13)
    expect(new Set(own.map(({ patient_id }) => patient_id))).toEqual(new Set([patient]))
    expect(await listAll(`patient_id=${another}`, key)).toEqual([])
  })

  it('lists what starts between two instants, in any offset', async () => {
    const from = encodeURIComponent('2030-01-07T09:00:00+07:00')
    const listed = await listAll(`from=${from}&to=2030-01-07T03:00Z&status=booked&doctor_id=${doctor}`)
    expect(listed.map(({ start_at }) => start_at.slice(11, 16))).toEqual(['02:00', '02:30'])
    expect(await listAll('status=cancelled')).toEqual([])
    expect(await listAll('location_id=999999')).toEqual([])
  })

  it.each([
    ['status', 'status=confirmed'],
    ['from', 'from=2030-01-07'],
    ['from', 'from=yesterday'],
    ['to', 'from=2030-01-07T00:00Z&to=2030-01-07T00:00Z'],
    ['limit', 'limit=0'],
    ['limit', 'limit=1000'],
    ['doctor_id', 'doctor_id=x'],
    ['cursor', 'cursor=garbage'],
    ['cursor', `cursor=${'x'.repeat(20)}.${'y'.repeat(20)}`],
  ])('names %s as wrong in ?%s', async (parameter, query) => {
    const { status, body } = await ask('GET', `/appointments?${query}`)
    expect([status, body.code, body.errors[0].parameter]).toEqual([422, 'invalid', parameter])
  })
})
