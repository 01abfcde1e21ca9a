import { describe, expect, it } from 'vitest'
import { asking, pagesFrom, signCursor } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, insertAppointment } from '../support/people.ts'

const clinic = await openClinic()
const everyDay = [1, 2, 3, 4, 5, 6, 7]

const ask = asking(clinic.origin, '')
const get = (path: string) => ask('GET', path)

/** Every page; `between` runs before the next one is requested. */
async function readPages(
  path: string,
  between: (page: Record<string, unknown>[]) => Promise<unknown> = async () => {},
) {
  const pages = []
  for await (const { body } of pagesFrom(ask, path)) {
    const page: Record<string, unknown>[] = body.slots ?? body.doctors
    pages.push(page)
    await between(page)
  }
  return pages
}

const write = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

async function openPractice(doctors: number) {
  const visitType = await defineVisitType(clinic.sql, { name: `Visit ${Math.random()}` })
  const hours = [{ weekdays: everyDay, opensAt: '09:00', closesAt: '12:00' }]
  const ids: number[] = []
  while (ids.length < doctors)
    ids.push(await hireDoctor(clinic.sql, { hours, gridMinutes: 30, visitTypes: [visitType] }))
  return { doctors: ids, visitType }
}

const book = (doctor: unknown, startAt: unknown) =>
  insertAppointment(clinic.sql, { doctorId: Number(doctor), startAt: String(startAt) })

const nameOf = ({ start_at, doctor_id }: Record<string, unknown>) => `${start_at} of ${doctor_id}`
const week = 'from=2030-01-07&to=2030-01-13'

describe('paging free slots', () => {
  it('shows each once, in the order of one long page', async () => {
    const { doctors, visitType } = await openPractice(2)
    const address = `/slots?visit_type_id=${visitType}&${week}`
    await book(doctors[0], '2030-01-08T03:00Z')
    const pages = await readPages(`${address}&limit=7`)
    expect(pages.map((page) => page.length)).toEqual([...Array(11).fill(7), 6])
    const slots = pages.flat()
    expect(slots).toEqual((await get(`${address}&limit=100`)).body.slots)
    expect(new Set(slots.map(nameOf)).size).toBe(2 * 6 * 7 - 1)
  })

  it('keeps the filters', async () => {
    const { doctors, visitType } = await openPractice(2)
    const asked = `visit_type_id=${visitType}&doctor_id=${doctors[1]}&${week}&part_of_day=morning&limit=5`
    const pages = await readPages(`/slots?${asked}`)
    expect(pages.flat()).toHaveLength(6 * 7)
    expect(new Set(pages.flat().map(({ doctor_id }) => doctor_id))).toEqual(new Set([doctors[1]]))
  })

  it('ends at a full last page', async () => {
    const { visitType } = await openPractice(1)
    const address = `/slots?visit_type_id=${visitType}&${week}`
    expect((await readPages(`${address}&limit=21`)).map((page) => page.length)).toEqual([21, 21])
    expect((await get(`${address}&limit=42`)).headers.get('Link')).toBeNull()
  })

  it('shows twenty by default', async () => {
    const { visitType } = await openPractice(1)
    const [page] = await readPages(`/slots?visit_type_id=${visitType}&${week}`)
    expect(page).toHaveLength(20)
  })

  it('shows each once while the doctor is booked before and after the page', async () => {
    const { doctors, visitType } = await openPractice(1)
    const taken = ['2030-01-07T04:30', '2030-01-08T04:00', '2030-01-10T02:00', '2030-01-12T03:30']
    const pages = await readPages(`/slots?visit_type_id=${visitType}&${week}&limit=4`, async (page) => {
      await book(doctors[0], page[1]?.start_at)
      if (taken[0]) await book(doctors[0], `${taken.shift()}Z`)
    })
    const slots = pages.flat().map(nameOf)
    expect([slots.length, new Set(slots).size]).toEqual([6 * 7 - 4, 6 * 7 - 4])
  })

  // The day's load is part of the order; see searchSlots.
  it('shows each once while doctors free at the same time are booked on other days', async () => {
    const { doctors, visitType } = await openPractice(3)
    const times = (date: string) => doctors.map((doctor, n) => [doctor, `${date}T0${2 + n}:00Z`] as const)
    const [toCome, past] = [times('2030-01-10'), times('2030-01-07')]
    const address = `/slots?visit_type_id=${visitType}&from=2030-01-07&to=2030-01-10&limit=8`
    const pages = await readPages(address, async (page) => {
      const isEarly = String(page.at(-1)?.start_local) < '2030-01-09'
      const wish = (isEarly ? toCome : past).shift()
      if (wish) await book(...wish)
    })
    expect([toCome, past]).toEqual([[], []])
    const slots = pages.flat().map(nameOf)
    expect([slots.length, new Set(slots).size]).toEqual([6 * 3 * 4 - 3, 6 * 3 * 4 - 3])
  })
})

describe('paging doctors', () => {
  const names = ['Dr. Żółć', 'Dr. 语', 'Dr. Zero', 'Dr. Zero', 'Dr. "Q" \\ 🩺', 'Dr. Zero']
  async function hire(specialty: string, name: string) {
    const doctor = await hireDoctor(clinic.sql, { specialty })
    await clinic.sql.query('update doctors set name = $1 where id = $2', [name, doctor])
    return doctor
  }

  it.each([1, 2, 3, 4])('shows each once by name, whatever the name, %i at a time', async (limit) => {
    const specialty = `Names ${limit}`
    for (const name of names) await hire(specialty, name)
    const pages = await readPages(`/doctors?specialty=${specialty}&limit=${limit}`)
    expect(pages).toHaveLength(Math.ceil(names.length / limit))
    const { rows } = await clinic.sql.query(
      'select array_agg(id::int order by name, id) as ids from doctors where specialty = $1',
      [specialty],
    )
    expect(pages.flat().map(({ id }) => id)).toEqual(rows[0].ids)
  })

  it('shows each once while others are hired before and after the page', async () => {
    const specialty = 'A growing house'
    for (const name of names) await hire(specialty, name)
    const newcomers = ['Dr. A', 'Dr. Zz']
    const pages = await readPages(`/doctors?specialty=${specialty}&limit=2`, async () => {
      const name = newcomers.shift()
      if (name) await hire(specialty, name)
    })
    expect(newcomers).toEqual([])
    const seen = pages.flat().map(({ name }) => name)
    expect(seen.toSorted()).toEqual([...names, 'Dr. Zz'].toSorted())
  })

  it('shows fifty by default', async () => {
    const specialty = 'A large house'
    for (const name of Array(51).fill('Dr. Alike')) await hire(specialty, name)
    const pages = await readPages(`/doctors?specialty=${encodeURIComponent(specialty)}`)
    expect(pages.map((page) => page.length)).toEqual([50, 1])
  })
})

const someSlot = ['2030-01-07T02:00:00.000Z', 0, 1]
const someDoctor = [0, 'Dr. Strange', 1]

describe.each([
  ['free slots', '/slots', someSlot, someDoctor],
  ['doctors', '/doctors', someDoctor, someSlot],
])('a cursor of %s', async (_, path, sane, anothers) => {
  const visitType = await defineVisitType(clinic.sql)
  await hireDoctor(clinic.sql, { visitTypes: [visitType] })
  const query = path === '/slots' ? `visit_type_id=${visitType}&` : ''
  const askFrom = (cursor: string) => get(`${path}?${query}cursor=${encodeURIComponent(cursor)}`)

  it.each([
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['invalid base64', '%%%'],
    ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
    ['text that is not JSON', Buffer.from('[1,').toString('base64url')],
    ['null', write(null)],
    ['a number', write(1)],
    ['an object', write({ start_at: sane[0], doctor_id: 1 })],
    ['an empty list', write([])],
    ['too short a list', write(sane.slice(0, -1))],
    ['too long a list', write([...sane, 1, 1])],
    ['a list of lists', write(sane.map((part) => [part]))],
    ['doctor 0', write([...sane.slice(0, -1), 0])],
    ['a doctor id too large to be exact', write([...sane.slice(0, -1), 2 ** 53])],
    ['half a doctor', write([...sane.slice(0, -1), 1.5])],
    ['a null byte', write(['Dr.\u0000', ...sane.slice(1)])],
    ['half a character', write(['Dr.\ud800', ...sane.slice(1)])],
    ['a place on another list', write(anothers)],
    ['two thousand characters', 'W'.repeat(2000)],
    [
      'a valid place padded with blanks',
      Buffer.from(JSON.stringify(sane).padEnd(2000)).toString('base64url'),
    ],
    ['deep nesting', Buffer.from('['.repeat(500)).toString('base64url')],
  ])('is refused with %s, signed or not', async (_, payload) => {
    for (const cursor of [payload, signCursor(path, payload)]) {
      const { status, headers, body } = await askFrom(cursor)
      expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
      const detail = 'must come from the Link header of the previous page: leave it out to get the first page'
      expect(body).toMatchObject({ code: 'invalid', errors: [{ parameter: 'cursor', detail }] })
    }
  })

  it('is refused when given twice', async () => {
    const cursor = write(sane)
    const { status, body } = await get(`${path}?${query}cursor=${cursor}&cursor=${cursor}`)
    expect([status, body.errors[0].parameter]).toEqual([422, 'cursor'])
  })

  it('works only when signed for its own path', async () => {
    expect((await askFrom(signCursor(path, write(sane)))).status).toBe(200)
    expect((await askFrom(write(sane))).status).toBe(422)
    expect((await askFrom(signCursor(`${path}/1`, write(sane)))).status).toBe(422)
    expect((await askFrom(`${signCursor(path, write(sane))}x`)).status).toBe(422)
  })
})

describe('a cursor’s place among free slots', async () => {
  const { visitType } = await openPractice(1)
  const beginAt = (...place: unknown[]) =>
    get(`/slots?visit_type_id=${visitType}&${week}&limit=1&cursor=${signCursor('/slots', write(place))}`)

  it.each([
    ['tomorrow', 0],
    ['2030-01-07', 0],
    ['2030-01-07T02:00', 0],
    ['2030-02-30T02:00:00Z', 0],
    ['2030-01-07T24:00:00Z', 0],
    ['+012030-01-07T02:00:00Z', 0],
    ['infinity', 0],
    [someSlot[0], -1],
    [someSlot[0], 0.5],
    [someSlot[0], 2 ** 53],
    [someSlot[0], '0'],
  ])('is refused at %s with a load of %j', async (instant, load) => {
    const { status, body } = await beginAt(instant, load, 1)
    expect([status, body.errors?.[0].parameter]).toEqual([422, 'cursor'])
  })

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
    'is refused in another age: %s',
    async (instant) => {
      const { status, body } = await beginAt(instant, 0, 1)
      expect([status, body.errors?.[0].parameter]).toEqual([422, 'cursor'])
    },
  )
})
