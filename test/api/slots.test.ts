import { describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, insertAppointment, openDesk } from '../support/people.ts'

const clinic = await openClinic()
const desk = await openDesk(clinic.sql)
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const from = (opensAt: string, closesAt: string) => [{ weekdays: everyDay, opensAt, closesAt }]
const day = 24 * 60 * 60 * 1000
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

async function ask(path: string, query: object = {}, key = '') {
  const written = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {}
  const response = await fetch(`${clinic.origin}/api/v1${path}?${written}`, { headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** One value of each free slot. */
async function list(path: string, query: object, value = 'start_local', key = ''): Promise<string[]> {
  const { status, body } = await ask(path, query, key)
  expect(status).toBe(200)
  return body.slots.map((slot: Record<string, unknown>) => slot[value])
}

const book = (doctorId: number, startAt: string, visitTypeId?: number) =>
  insertAppointment(clinic.sql, { doctorId, startAt, visitTypeId })

/** A new visit type of half an hour, and a new doctor who offers it. */
async function openPractice(wishes: Parameters<typeof hireDoctor>[1] = {}, rules: object = {}) {
  const visitType = await defineVisitType(clinic.sql, { name: `Visit ${Math.random()}`, ...rules })
  const doctor = await hireDoctor(clinic.sql, {
    hours: from('09:00', '11:00'),
    gridMinutes: 30,
    visitTypes: [visitType],
    ...wishes,
  })
  return { doctor, visitType }
}

const monday = { from: '2030-01-07', to: '2030-01-07' }

/** One doctor's slots come on a single page. */
const addresses = [
  { name: 'one doctor', address: (doctor: number) => `/doctors/${doctor}/slots`, page: {} },
  { name: 'any doctor', address: () => '/slots', page: { limit: 100 } },
]

describe.each(addresses)('the free slots of $name', ({ address, page }) => {
  it('have instants in UTC and wall-clock times', async () => {
    const { doctor, visitType } = await openPractice()
    const { body } = await ask(address(doctor), { visit_type_id: visitType, ...monday })
    expect(body.slots).toHaveLength(4)
    expect(body.slots[0]).toEqual({
      start_at: '2030-01-07T02:00:00.000Z',
      end_at: '2030-01-07T02:30:00.000Z',
      start_local: '2030-01-07T09:00',
      end_local: '2030-01-07T09:30',
      time_zone: 'Asia/Jakarta',
      visit_type_id: visitType,
      doctor_id: doctor,
      doctor_name: 'Dr. Strange',
      location_id: expect.any(Number),
      location_name: 'Menteng',
    })
  })

  it('run from midnight to midnight at the location', async () => {
    const { doctor, visitType } = await openPractice({
      timeZone: 'America/New_York',
      hours: from('00:00', '24:00'),
    })
    const asked = { visit_type_id: visitType, ...monday, ...page }
    const starts = await list(address(doctor), asked)
    expect([starts.length, starts[0], starts.at(-1)]).toEqual([48, '2030-01-07T00:00', '2030-01-07T23:30'])
    expect((await list(address(doctor), asked, 'start_at'))[0]).toBe('2030-01-07T05:00:00.000Z')
    expect((await list(address(doctor), asked, 'end_local')).at(-1)).toBe('2030-01-08T00:00')
  })

  it('cover the next thirty days by default', async () => {
    const { doctor, visitType } = await openPractice({ timeZone: 'UTC', hours: from('09:00', '09:30') })
    const before = dateIn(30)
    const starts = await list(address(doctor), { visit_type_id: visitType, ...page })
    // Midnight may pass during the test.
    expect([before, dateIn(30)]).toContain(starts.at(-1)?.slice(0, 10))
    expect([30, 31]).toContain(starts.length)
  })

  it('cover thirty days from the first date when only that is given', async () => {
    const { doctor, visitType } = await openPractice({ hours: from('09:00', '09:30') })
    const starts = await list(address(doctor), { visit_type_id: visitType, from: '2030-01-07', ...page })
    expect([starts[0], starts.at(-1)]).toEqual(['2030-01-07T09:00', '2030-02-06T09:00'])
  })

  it('cover at most sixty-two days, even when the clocks change twice', async () => {
    const { doctor, visitType } = await openPractice({
      timeZone: 'Africa/Casablanca',
      hours: from('09:00', '09:30'),
    })
    const asked = { visit_type_id: visitType, from: '2029-12-25', ...page }
    const starts = await list(address(doctor), { ...asked, to: '2030-02-24' })
    expect(starts).toHaveLength(62)
    expect(starts.every((start) => start.endsWith('T09:00'))).toBe(true)
    const hours = (await list(address(doctor), { ...asked, to: '2030-02-24' }, 'start_at')).map((at) =>
      at.slice(11, 13),
    )
    expect(hours.filter((hour, n) => n > 0 && hour !== hours[n - 1])).toHaveLength(2)
    expect((await ask(address(doctor), { ...asked, to: '2030-02-25' })).status).toBe(422)
  })

  it('skip the missing hour in spring and repeat the double hour in autumn', async () => {
    const wishes = { timeZone: 'Europe/Berlin', hours: from('01:00', '04:00'), gridMinutes: 60 }
    const { doctor, visitType } = await openPractice(wishes, { minutes: 60 })
    const asked = { visit_type_id: visitType }
    const hoursOn = async (date: string, value: string) =>
      (await list(address(doctor), { ...asked, from: date, to: date }, value)).map((at) => at.slice(11, 13))
    expect(await hoursOn('2030-03-31', 'start_local')).toEqual(['01', '03'])
    expect(await hoursOn('2030-03-31', 'start_at')).toEqual(['00', '01'])
    expect(await hoursOn('2030-10-27', 'start_local')).toEqual(['01', '02', '02', '03'])
    expect(await hoursOn('2030-10-27', 'start_at')).toEqual(['23', '00', '01', '02'])
  })

  it('of a visit for the front desk are hidden without a key, like an unknown visit', async () => {
    const { doctor, visitType } = await openPractice({}, { online: false })
    const asked = { visit_type_id: visitType, ...monday }
    const { status, body } = await ask(address(doctor), asked)
    const unknown = await ask(address(doctor), { ...asked, visit_type_id: 999_999 })
    expect([status, body]).toEqual([422, unknown.body])
    expect(body.errors).toEqual([{ parameter: 'visit_type_id', detail: 'does not exist' }])
    expect(await list(address(doctor), asked, 'start_local', desk)).toHaveLength(4)
  })

  it.each([
    ['too short notice', { notice: 525_600 }, 20],
    ['a day that is full', { dailyCap: 1 }, 5],
  ])('are for the front desk only with %s', async (_, rule, days) => {
    const { doctor, visitType } = await openPractice({}, rule)
    const date = dateIn(days)
    await book(doctor, `${date}T02:00Z`, visitType)
    const asked = { visit_type_id: visitType, from: date, to: date }
    expect(await list(address(doctor), asked)).toEqual([])
    expect(await list(address(doctor), asked, 'start_local', desk)).toHaveLength(3)
  })

  it.each([
    ['on a past day', {}, { from: '2020-01-06', to: '2020-01-06' }],
    ['of a doctor without hours', { hours: [] }, monday],
  ])('are an empty list %s', async (_, wishes, dates) => {
    const { doctor, visitType } = await openPractice(wishes)
    const { status, headers, body } = await ask(address(doctor), { visit_type_id: visitType, ...dates })
    expect([status, headers.get('Link'), body]).toEqual([200, null, { slots: [] }])
  })
})

describe('the free slots of any doctor', () => {
  it('are ordered by start, then by the doctor’s load that day, then by doctor', async () => {
    const { doctor: busy, visitType } = await openPractice()
    const hire = () =>
      hireDoctor(clinic.sql, { hours: from('09:30', '10:30'), gridMinutes: 30, visitTypes: [visitType] })
    const [first, second] = [await hire(), await hire()]
    await book(busy, '2030-01-07T02:00Z')
    await book(first, '2030-01-08T02:30Z')
    const asked = { visit_type_id: visitType, ...monday }
    const starts = (await list('/slots', asked)).map((start) => start.slice(11))
    expect(starts).toEqual(['09:30', '09:30', '09:30', '10:00', '10:00', '10:00', '10:30'])
    const whose = [first, second, busy, first, second, busy, busy]
    expect(await list('/slots', asked, 'doctor_id')).toEqual(whose)
  })

  it('are ordered by instant across time zones', async () => {
    const { doctor: jakarta, visitType } = await openPractice({ hours: from('14:00', '15:00') })
    const berlin = await hireDoctor(clinic.sql, {
      timeZone: 'Europe/Berlin',
      hours: from('08:00', '10:00'),
      gridMinutes: 60,
      visitTypes: [visitType],
    })
    const asked = { visit_type_id: visitType, ...monday }
    expect(await list('/slots', asked, 'doctor_id')).toEqual([jakarta, berlin, jakarta, berlin])
  })

  it('are filtered by specialty, location and doctor together', async () => {
    const specialty = `Heart ${Math.random()}`
    const { doctor, visitType } = await openPractice({ specialty })
    const colleague = await hireDoctor(clinic.sql, { specialty, visitTypes: [visitType] })
    const another = await hireDoctor(clinic.sql, { visitTypes: [visitType] })
    const { rows } = await clinic.sql.query('select id, location_id from doctors where id = any ($1)', [
      [doctor, colleague, another],
    ])
    const locationOf = (id: number) => rows.find((row) => Number(row.id) === id).location_id
    const doctorsFor = async (filter: object) =>
      new Set(
        await list('/slots', { visit_type_id: visitType, ...monday, limit: 100, ...filter }, 'doctor_id'),
      )
    expect(await doctorsFor({})).toEqual(new Set([doctor, colleague, another]))
    expect(await doctorsFor({ specialty })).toEqual(new Set([doctor, colleague]))
    expect(await doctorsFor({ location_id: locationOf(colleague) })).toEqual(new Set([colleague]))
    expect(await doctorsFor({ doctor_id: another })).toEqual(new Set([another]))
    expect(await doctorsFor({ specialty, location_id: locationOf(doctor), doctor_id: doctor })).toEqual(
      new Set([doctor]),
    )
    const unmatched = { visit_type_id: visitType, specialty, doctor_id: another }
    expect((await ask('/slots', unmatched)).body.code).toBe('not_offered')
  })

  it.each([
    ['morning', ['00:00', '11:00']],
    ['afternoon', ['12:00', '16:00']],
    ['evening', ['17:00', '23:00']],
  ])('of the %s follow each location’s clock', async (part_of_day, firstAndLast) => {
    const wishes = { hours: from('00:00', '24:00'), gridMinutes: 60 }
    const { visitType } = await openPractice(wishes, { minutes: 60 })
    await hireDoctor(clinic.sql, { ...wishes, timeZone: 'Europe/Berlin', visitTypes: [visitType] })
    const asked = { visit_type_id: visitType, ...monday, part_of_day, limit: 100 }
    const clocks = (await list('/slots', asked)).map((start) => start.slice(11)).sort()
    expect([clocks[0], clocks.at(-1)]).toEqual(firstAndLast)
    expect(new Set(await list('/slots', asked, 'time_zone')).size).toBe(2)
  })

  it('of a visit no doctor offers are refused, not empty', async () => {
    const unoffered = await defineVisitType(clinic.sql, { name: 'Not offered' })
    const { status, body } = await ask('/slots', { visit_type_id: unoffered, ...monday })
    expect([status, body.code]).toEqual([422, 'not_offered'])
  })
})

it('a doctor who does not offer the visit is refused, not empty', async () => {
  const { doctor } = await openPractice()
  const { visitType } = await openPractice()
  const { status, body } = await ask(`/doctors/${doctor}/slots`, { visit_type_id: visitType, ...monday })
  expect([status, body.code]).toEqual([422, 'not_offered'])
})
