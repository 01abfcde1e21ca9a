import { beforeAll, describe, expect, it } from 'vitest'
import { asking, pagesFrom, signCursor } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openAdmin, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const names = [
  'Siti Rahayu',
  'Anak Rahayu',
  'Ketut 100%_Sure',
  'Budi Held',
  'Dewi Released',
  'Putri Past',
] as const
type Name = (typeof names)[number]
const ids = {} as Record<Name, number>
const keys: Record<string, string> = {}
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  for (const name of names) ids[name] = await registerPatient(sql, name)
  const [doctor, other] = [await hireDoctor(sql), await hireDoctor(sql)]
  await addVisit(doctor, 'Siti Rahayu', 'booked')
  await addVisit(doctor, 'Siti Rahayu', 'fulfilled')
  await addVisit(doctor, 'Putri Past', 'noshow')
  await addVisit(doctor, 'Budi Held', 'pending')
  await addVisit(doctor, 'Dewi Released', 'cancelled', { isHold: true })
  await addVisit(other, 'Ketut 100%_Sure', 'cancelled')
  const family = { patientIds: [ids['Siti Rahayu'], ids['Anak Rahayu']] }
  const key = async (role: 'patient' | 'doctor', wishes: object) =>
    giveKey(sql, await openAccount(sql, { role, ...wishes }), { role })
  Object.assign(keys, {
    'the front desk': await openDesk(sql),
    'an admin': await openAdmin(sql),
    'a mother': await key('patient', family),
    'an account without patients': await key('patient', {}),
    'a doctor': await key('doctor', { doctorId: doctor }),
    'another doctor': await key('doctor', { doctorId: other }),
    'a doctor without patients': await key('doctor', { doctorId: await hireDoctor(sql) }),
  })
  ask = asking(clinic.origin, keys['the front desk'] ?? '')
})

let hour = 0

async function addVisit(doctor: number, name: Name, status: string, { isHold = status === 'pending' } = {}) {
  hour += 1
  await sql.query(
    `insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at)
     select $1, $2, $3, at, at + interval '30 minutes', case when $4 then now() + interval '10 minutes' end
     from (select timestamptz '2030-01-07 00:00Z' + $5 * interval '1 hour' as at) start`,
    [doctor, ids[name], status, isHold, hour],
  )
}

/** What nobody told the clinic about them. */
const unknown = {
  called_name: null,
  birth_date: null,
  sex: null,
  phone: null,
  contact_email: null,
  languages: [],
  preferred_channel: null,
  address: null,
  identifiers: [],
  is_deceased: false,
  is_active: true,
  moved_to_id: null,
  erased_at: null,
}
const forStaff = { desk_note: null, flags: [], is_on_legal_hold: false }

/** Nothing special about them. */
const plain = { record_number: null, is_active: true, is_deceased: false }

interface Listed {
  id: number
  name: string
}

/** Every page; `between` runs before the next one is requested. */
async function readPages(query: string, key?: string, between = async () => {}): Promise<Listed[][]> {
  const pages: Listed[][] = []
  for await (const { body } of pagesFrom(ask, `/patients${query}`, key)) {
    pages.push(body.patients)
    await between()
  }
  return pages
}

const namesIn = (pages: Listed[][]) => pages.flat().map(({ name }) => name)

describe.each<[string, readonly Name[]]>([
  ['the front desk', names],
  ['an admin', names],
  ['a mother', ['Siti Rahayu', 'Anak Rahayu']],
  ['an account without patients', []],
  ['a doctor', ['Siti Rahayu', 'Putri Past']],
  ['another doctor', ['Ketut 100%_Sure']],
  ['a doctor without patients', []],
])('%s', (who, seen) => {
  it('lists exactly their patients', async () => {
    expect(namesIn(await readPages('', keys[who]))).toEqual(seen)
  })

  it('finds only among their patients', async () => {
    const rahayus = seen.filter((name) => name.includes('Rahayu'))
    expect(namesIn(await readPages('?name=rahayu', keys[who]))).toEqual(rahayus)
  })

  it.each(names)('can read %s or gets 404', async (name) => {
    const { status, body } = await ask('GET', `/patients/${ids[name]}`, undefined, keys[who])
    if (seen.includes(name))
      expect([status, body]).toEqual([
        200,
        { patient: { id: ids[name], name, ...unknown, ...(who !== 'a mother' && forStaff) } },
      ])
    else
      expect([status, body.code, body.detail]).toEqual([
        404,
        'not_found',
        'No such patient. Check the path and the ids, and that your key may see it.',
      ])
  })
})

describe('GET /api/v1/patients/{id}', () => {
  it('answers the same as registering did', async () => {
    const registered = (await ask('POST', '/patients', { patient: { name: 'New Comer' } })).body
    expect((await ask('GET', `/patients/${registered.patient.id}`)).body).toEqual(registered)
  })

  it('shows a child to the account that registered it', async () => {
    const key = keys['an account without patients']
    const { patient } = (await ask('POST', '/patients', { patient: { name: 'Born Now' } }, key)).body
    expect((await ask('GET', `/patients/${patient.id}`, undefined, key)).body).toEqual({ patient })
    expect((await ask('GET', `/patients/${patient.id}`, undefined, keys['a mother'])).status).toBe(404)
  })

  it.each(['999999999', '0', '-1', '1.5', 'siti', '9999999999999999'])('is 404 for %s', async (id) => {
    const { status, body } = await ask('GET', `/patients/${id}`)
    expect([status, body.code]).toEqual([404, 'not_found'])
  })

  it('is 304 until the name changes', async () => {
    const read = (tag = '') =>
      fetch(`${clinic.origin}/api/v1/patients/${ids['Budi Held']}`, {
        headers: { Authorization: `Bearer ${keys['the front desk']}`, 'If-None-Match': tag },
      })
    const tag = (await read()).headers.get('ETag') ?? ''
    const again = await read(tag)
    expect([again.status, again.headers.get('ETag'), await again.text()]).toEqual([304, tag, ''])
    const rename = (name: string) =>
      sql.query('update patients set name = $1, version = version + 1 where id = $2', [
        name,
        ids['Budi Held'],
      ])
    await rename('Budi Renamed')
    expect((await read(tag)).status).toBe(200)
    await rename('Budi Held')
  })
})

it('reading needs a key with the scope appointments:read', async () => {
  const account = await openAccount(sql, { role: 'admin' })
  const blind = await giveKey(sql, account, {
    role: 'admin',
    scopes: ['appointments:write', 'clinic:manage'],
  })
  for (const path of ['/patients', `/patients/${ids['Siti Rahayu']}`, '/patients/999999999']) {
    const codeOf = async (key: string) => (await ask('GET', path, undefined, key)).body.code
    expect([await codeOf(''), await codeOf(blind)]).toEqual(['not_signed_in', 'forbidden'])
  }
})

it('every call takes one trip', async () => {
  for (const key of Object.values(keys))
    for (const path of ['/patients', '/patients?name=rah&limit=1', `/patients/${ids['Siti Rahayu']}`]) {
      await ask('GET', path, undefined, key)
      clinic.takeTrips()
      await ask('GET', path, undefined, key)
      expect(clinic.takeTrips()).toHaveLength(1)
    }
})

describe('part of a name', () => {
  it.each([
    ['ketut', ['Ketut 100%_Sure']],
    [' PUTRI  P', []],
    ['  putri p ', ['Putri Past']],
    ['100%_s', ['Ketut 100%_Sure']],
    ['K%e', []],
    ['K_tut', []],
    ['Ketut\\', []],
    ['released', ['Dewi Released']],
    ["'; drop table patients; --", []],
  ])('%j finds %j', async (part, found) => {
    expect(namesIn(await readPages(`?name=${encodeURIComponent(part)}`))).toEqual(found)
  })

  it('is kept on the next page', async () => {
    for (let n = 0; n < 5; n++) {
      await registerPatient(sql, `Twin ${n}`)
      await registerPatient(sql, `Single ${n}`)
    }
    const pages = await readPages('?name=twin&limit=2')
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    expect(namesIn(pages)).toEqual(['Twin 0', 'Twin 1', 'Twin 2', 'Twin 3', 'Twin 4'])
  })
})

describe('paging', () => {
  const allIds = async (): Promise<number[]> =>
    (await sql.query('select array_agg(id::int order by id) as ids from patients')).rows[0].ids

  it.each([1, 3, 100])('shows each patient once, in order of registration, %i at a time', async (limit) => {
    const all = await allIds()
    const pages = await readPages(`?limit=${limit}`)
    expect(pages).toHaveLength(Math.ceil(all.length / limit))
    expect(pages.flat().map(({ id }) => id)).toEqual(all)
  })

  it('shows fifty by default', async () => {
    await sql.query(`insert into patients (name) select 'Crowd ' || n from generate_series(1, 51) n`)
    expect((await readPages('?name=crowd')).map((page) => page.length)).toEqual([50, 1])
    expect((await readPages('?name=crowd&limit=51')).map((page) => page.length)).toEqual([51])
  })

  it('puts newly registered patients last', async () => {
    const newcomers = ['Aa First', 'Zz Last']
    const pages = await readPages('?limit=20', undefined, async () => {
      const name = newcomers.shift()
      if (name) await registerPatient(sql, name)
    })
    expect(newcomers).toEqual([])
    expect(pages.flat().map(({ id }) => id)).toEqual(await allIds())
  })

  it('shows doctors only their own patients', async () => {
    const pages = await readPages('?limit=1', keys['a doctor'])
    expect(pages.map((page) => page.length)).toEqual([1, 1])
    expect(namesIn(pages)).toEqual(['Siti Rahayu', 'Putri Past'])
  })
})

describe('a wrong parameter', () => {
  const write = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

  it.each([
    ['name', '?name='],
    ['name', '?name=%20'],
    ['name', `?name=${'x'.repeat(101)}`],
    ['name', '?name=a%00b'],
    ['name', '?name=a%0Ab'],
    ['name', '?name=siti&name=budi'],
    ['names', '?names=siti'],
    ['email', '?email=siti@example.com'],
    ['limit', '?limit=0'],
    ['limit', '?limit=101'],
    ['cursor', '?cursor=garbage'],
    ['cursor', `?cursor=${signCursor('/accounts', write(1))}`],
    ['cursor', `?cursor=${signCursor('/patients/1', write(1))}`],
    ...[null, 0, -1, 1.5, 2 ** 53, 'siti', [1], { id: 1 }].map((key) => [
      'cursor',
      `?cursor=${signCursor('/patients', write(key))}`,
    ]),
  ])('is named: %s in %s', async (parameter, query) => {
    const { status, body } = await ask('GET', `/patients${query}`)
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ parameter })]])
  })

  it('includes an unsigned or changed cursor', async () => {
    const begin = async (cursor: string) => (await ask('GET', `/patients?cursor=${cursor}`)).status
    const signed = signCursor('/patients', write(1))
    expect([await begin(signed), await begin(`${signed}x`), await begin(write(1))]).toEqual([200, 422, 422])
  })
})

it('a name that hides something is refused with what to do', async () => {
  const { status, body } = await ask('POST', '/patients', { patient: { name: 'Budi\u202Egnas' } })
  expect([status, body.errors]).toEqual([
    422,
    [{ pointer: '/patient/name', detail: expect.stringContaining('type it again') }],
  ])
})

describe('a search', () => {
  const told = {
    name: 'Zoë Nguyễn',
    called_name: 'Zo',
    birth_date: '1984-02-29',
    phone: '+6281234567890',
    email: 'zoe.n@example.com',
  }
  const { email: _, phone, ...shown } = told
  let id: number
  beforeAll(async () => {
    id = (await ask('POST', '/patients', { patient: told })).body.patient.id
  })

  it.each([
    'nguyen zo',
    'NGUYE\u0302\u0303N',
    'ngu zoe',
    '29.2.1984',
    '29 feb 1984',
    'zoe 1984',
    '7890',
    '0812 3456 7890',
    'zoe.n@example.com',
    'zo ngu',
  ])('for %j finds the person, in an address and in a body', async (q) => {
    const summary = { id, ...shown, phone_ending: '7890', ...plain }
    for (const { status, body } of [
      await ask('GET', `/patients?q=${encodeURIComponent(q)}`),
      await ask('POST', '/patients/search', { search: { q } }),
    ])
      expect([status, body]).toEqual([200, { patients: [summary], is_cut: false }])
  })

  it('answers at most 20 and says that there are more', async () => {
    const { body } = await ask('POST', '/patients/search', { search: { q: 'crowd' } })
    expect([body.patients.length, body.is_cut]).toEqual([20, true])
    expect((await ask('POST', '/patients/search', { search: { q: 'zo' } })).body.is_cut).toBe(true)
  })

  it.each([
    ['the front desk', true],
    ['an admin', true],
    ['a mother', false],
    ['a doctor', false],
    ['an account without patients', false],
  ])('by %s finds a patient of nobody in particular: %s', async (who, isFound) => {
    const { body } = await ask('POST', '/patients/search', { search: { q: 'nguyen' } }, keys[who])
    expect(body.patients.map((found: Listed) => found.id)).toEqual(isFound ? [id] : [])
  })

  it('finds doctors their own patients, and accounts theirs', async () => {
    const find = async (q: string, who: string) =>
      (await ask('POST', '/patients/search', { search: { q } }, keys[who])).body.patients.map(
        ({ name }: Listed) => name,
      )
    expect(await find('rahayu', 'a doctor')).toEqual(['Siti Rahayu'])
    expect(await find('rahayu', 'another doctor')).toEqual([])
    expect(await find('rahayu', 'a mother')).toEqual(['Anak Rahayu', 'Siti Rahayu'])
    expect(await find('held', 'a doctor')).toEqual([])
  })

  it.each([
    ['?q=', 'q'],
    ['?q=%20', 'q'],
    [`?q=${'x'.repeat(201)}`, 'q'],
    [`?q=siti&cursor=${signCursor('/patients', Buffer.from('1').toString('base64url'))}`, 'cursor'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await ask('GET', `/patients${query}`)
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ parameter })]])
  })

  it('finds only who matches both `q` and `name`', async () => {
    const { body } = await ask('GET', '/patients?q=rahayu&name=siti')
    expect(body.patients.map(({ name }: Listed) => name)).toEqual(['Siti Rahayu'])
  })

  it('shows everything to whoever may see the patient', async () => {
    const { body } = await ask('GET', `/patients/${id}`)
    expect(body).toEqual({
      patient: { ...unknown, ...forStaff, id, ...shown, phone, contact_email: told.email },
    })
  })

  it('finds patients from before there were keys once a migration has made them', async () => {
    const before = await registerPatient(sql, 'Long Before Keys')
    const signs = await registerPatient(sql, '!?')
    await sql.query('delete from patient_search_keys where patient_id = any ($1)', [[before, signs]])
    const find = async () =>
      (await ask('POST', '/patients/search', { search: { q: 'long before' } })).body.patients
    expect(await find()).toEqual([])
    const made = async () =>
      (await sql.query('select index_missing_patients(1) as made')).rows[0].made as number
    expect([await made(), await made(), await made()]).toEqual([1, 1, 0])
    expect((await find()).map((found: Listed) => found.id)).toEqual([before])
  })

  it('finds patients under what they are called after a change, and no longer under what they were', async () => {
    const renamed = await registerPatient(sql, 'Before Marriage')
    await sql.query("update patients set name = 'After Wedding' where id = $1", [renamed])
    const find = async (q: string) =>
      (await ask('POST', '/patients/search', { search: { q } })).body.patients.map(
        (found: Listed) => found.id,
      )
    expect([await find('before marriage'), await find('after wedding')]).toEqual([[], [renamed]])
  })
})

describe('registering someone who may exist', () => {
  const register = (patient: object, who = 'the front desk') =>
    ask('POST', '/patients', { patient }, keys[who])
  const registered = async (patient: object) => (await register(patient)).body.patient.id as number

  it.each([
    ['a similar name and the same birth date', { name: 'Ahmed Moehammad' }],
    ['a part of the name and the same birth date', { name: 'Muhammad' }],
    ['the same phone number', { name: 'Someone Else', birth_date: '2001-01-01', phone: '+628111111222' }],
  ])('asks first: %s', async (_name, other) => {
    const first = { name: 'Ahmad Muhammad', birth_date: '1971-03-04', phone: '+628111111222' }
    const { rows } = await sql.query('select id from patients where phone = $1', [first.phone])
    const id = Number(rows[0]?.id ?? (await registered(first)))
    const patient = { birth_date: first.birth_date, ...other }
    const { status, body } = await register(patient)
    expect([status, body.code]).toEqual([409, 'may_exist'])
    const { phone: _phone, ...shown } = first
    expect(body.candidates).toEqual([{ id, ...shown, called_name: null, phone_ending: '1222', ...plain }])
    const { status: confirmed, body: answer } = await register({ ...patient, confirmed: true })
    expect([confirmed, answer.patient.id > id]).toEqual([201, true])
    await sql.query('delete from patient_events where patient_id = $1', [answer.patient.id])
    await sql.query('delete from patients where id = $1', [answer.patient.id])
  })

  it.each([
    ['another name', { name: 'Ketut Wirawan' }],
    ['another birth date', { birth_date: '1971-03-05' }],
    ['no birth date', { birth_date: undefined }],
  ])('does not ask about %s', async (_, other) => {
    await registered({ name: 'Gede Sudiarta', birth_date: '1971-03-14', confirmed: true })
    expect((await register({ name: 'Gede Sudiarta', birth_date: '1971-03-14', ...other })).status).toBe(201)
  })

  it('asks patients only about their own family', async () => {
    const who = 'an account without patients'
    const child = { name: 'Made Óne', birth_date: '2015-05-05', phone: '+628222222333' }
    await registered({ ...child, confirmed: true })
    const { status, body } = await register(child, who)
    expect(status).toBe(201)
    const again = await register({ name: 'made one' }, who)
    expect([again.status, again.body.candidates.map((found: Listed) => found.id)]).toEqual([
      409,
      [body.patient.id],
    ])
    expect((await register({ name: 'made one', confirmed: true }, who)).status).toBe(201)
  })

  it.each([
    [{ birth_date: '2999-01-01' }, 'birth_date'],
    [{ birth_date: '1849-12-31' }, 'birth_date'],
    [{ birth_date: '2026-02-30' }, 'birth_date'],
    [{ birth_date: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10) }, 'birth_date'],
    [{ phone: '0812 3456 789' }, 'phone'],
    [{ phone: '+62 812 3456 789' }, 'phone'],
    [{ called_name: ' ' }, 'called_name'],
    [{ confirmed: 'yes' }, 'confirmed'],
  ])('refuses %j', async (wrong, field) => {
    const { status, body } = await register({ name: 'Wrong Detail', ...wrong })
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: `/patient/${field}`, detail: expect.any(String) }],
    ])
  })
})
