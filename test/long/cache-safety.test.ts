import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/description/registry.ts'
import { type SampleClinic, sampleCall, samplePath } from '../../src/api/description/sample.ts'
import { type Right, rights } from '../../src/clinic/accounts/guard.ts'
import { enhanceScript } from '../../src/web/ui/script.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  givePasskey,
  hireDoctor,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
  signCookie,
} from '../support/people.ts'
import { allRoutes } from '../support/routes.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// What a cache may keep must be the same for everyone. Every address of the app is read by people with recognisable
// names, cookies and appointments.

const clinic = await openClinic()
const { sql, origin } = clinic

const ofTheApp = allRoutes()
  .filter(({ method }) => method === 'GET')
  .map(({ path }) => path)
const readable = [
  ...new Set([...ofTheApp, '/nowhere', '/assets/nothing.js', '/booking/nowhere', '/api/v1/nowhere']),
]

const [appointment, hold] = [770_123_001, 770_123_002]
/** Off every grid, so that they are never free times. */
const [appointmentAt, holdAt] = ['2031-03-03T02:07', '2031-03-04T03:08']
/** Values of each actor that others must not see. */
const secrets = [
  ...['Mawar Rahasia', 'Anak Rahasia', 'Meja Rahasia', 'Dokter Rahasia', 'Kunci Rahasia'],
  ...['mawar@rahasia.example', 'meja@rahasia.example', 'dokter@rahasia.example', 'calon@rahasia.example'],
  ...['770123', 'A secret rash', appointmentAt, holdAt, '09:07', '10:08'],
]

let doctor: number
let visitType: number
let location: number
let patient: number
let passkey: number
type Headers_ = Record<string, string>
const credentials: Record<string, Headers_> = {}

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  const hours = [{ weekdays: [1, 2], opensAt: '09:00', closesAt: '12:00' }]
  doctor = await hireDoctor(sql, { visitTypes: [visitType], hours })
  location = await locationOf(sql, doctor)
  const [own, child] = [
    await registerPatient(sql, 'Mawar Rahasia'),
    await registerPatient(sql, 'Anak Rahasia'),
  ]
  patient = own
  const enter = (id: number, status: string, start: string) =>
    sql.query(
      `insert into appointments (
         id, doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at, reason_for_visit
       )
       overriding system value values (
         $1, $2, $3, $4, $5, $6, $6::timestamptz + interval '30 minutes',
         case when $5 = 'pending' then now() + interval '10 minutes' end, 'A secret rash'
       )`,
      [id, doctor, own, visitType, status, `${start}Z`],
    )
  await enter(appointment, 'booked', appointmentAt)
  await enter(hold, 'pending', holdAt)

  const cookies = [
    await signCookie('__Host-browser', 'a-browser-of-their-own'),
    await signCookie('__Host-holding', encode(holding)),
    await signCookie('__Host-signing-in', encode(signingIn)),
    'lang=en',
  ]
  const people = {
    patient: {
      role: 'patient',
      name: 'Mawar Rahasia',
      email: 'mawar@rahasia.example',
      patientIds: [own, child],
    },
    'front desk': { role: 'front_desk', name: 'Meja Rahasia', email: 'meja@rahasia.example' },
    doctor: { role: 'doctor', name: 'Dokter Rahasia', email: 'dokter@rahasia.example', doctorId: doctor },
  } as const
  for (const [who, { ...person }] of Object.entries(people)) {
    const account = await openAccount(sql, {
      ...person,
      patientIds: [...('patientIds' in person ? person.patientIds : [])],
    })
    const session = await openSession(sql, account)
    if (who === 'front desk') passkey = await givePasskey(sql, account, 'Kunci Rahasia')
    credentials[who] = {
      Cookie: [session, ...cookies].join('; '),
      Authorization: `Bearer ${await giveKey(sql, account, { role: person.role })}`,
    }
  }
  await sql.query("update sessions set signed_in_with = 'passkey'")
  credentials['stranger with a held slot'] = { Cookie: cookies.join('; ') }
  credentials['stranger with a browser id'] = { Cookie: cookies[0] as string }
  credentials['stranger who is about to sign in'] = { Cookie: cookies[2] as string }
  credentials.stranger = {}
})

const holding = {
  id: hold,
  until: Date.now() + 600_000,
  startLocal: '2031-03-04T10:08',
  doctor: 'Dr. Strange',
}

const signingIn = {
  email: 'calon@rahasia.example',
  browser: 'a-browser-of-their-own',
  returnTo: '/booking',
}

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value))

const ids: Record<string, () => number | string> = {
  doctors: () => doctor,
  locations: () => location,
  patients: () => patient,
  appointments: () => appointment,
  confirmation: () => appointment,
  holds: () => hold,
  passkeys: () => passkey,
  problems: () => 'slot_taken',
  assets: () => enhanceScript.path.replace('/assets/', ''),
}
const own = Object.entries(ids).map(([collection, id]) => [collection, async () => id()])
const { things, fields } = openSampleClinic(clinic)
const sample: SampleClinic = {
  things: { ...things, ...Object.fromEntries(own) },
  fields: { ...fields, visit_type_id: () => visitType },
}

const queries = () => [
  '',
  `?visit_type_id=${visitType}&doctor_id=${doctor}&patient_id=1&nothing=known`,
  `?visit_type_id=${visitType}&view=week&from=2031-03-03&lang=id`,
]

const cacheHeaders = ['Cloudflare-CDN-Cache-Control', 'CDN-Cache-Control', 'Cache-Control']

/** By the first cache header present; without one, a cache may store anything. */
function isStorable({ headers }: Response): boolean {
  const said = cacheHeaders.map((name) => headers.get(name)).filter((value) => value !== null)
  return said.length === 0 || said.some((value) => !/\b(private|no-store)\b/.test(value))
}

interface Answer {
  route: string
  address: string
  response: Response
  body: string
}

async function read(route: string, address: string, headers: Headers_): Promise<Answer> {
  const response = await fetch(origin + address, { headers, redirect: 'manual' })
  return { route, address, response, body: await response.text() }
}

async function walk(who: string): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const route of readable) {
    const path = await samplePath(route, sample)
    const addresses = queries().map((query) => path + query)
    const headers = credentials[who] as Headers_
    answers.push(...(await Promise.all(addresses.map((address) => read(route, address, headers)))))
  }
  return answers
}

const found = ({ response, body }: Answer) => {
  const all = `${body}\n${[...response.headers].map((header) => header.join(': ')).join('\n')}`
  return secrets.filter((secret) => all.includes(secret) || all.includes(encodeURIComponent(secret)))
}

const always = ['/api/docs', '/api/v1/openapi.json', '/assets/:file']

describe.each([
  ['patient', always, ['Mawar Rahasia', 'Anak Rahasia', '770123', '09:07', '10:08', 'A secret rash']],
  ['front desk', always, ['Meja Rahasia', 'Mawar Rahasia', '770123', '09:07']],
  ['doctor', always, ['Dokter Rahasia', 'Mawar Rahasia', '770123', '09:07']],
  ['stranger with a held slot', always, ['770123', '10:08', 'calon@rahasia.example']],
  ['stranger who is about to sign in', [...always, '/booking'], ['calon@rahasia.example']],
  ['stranger with a browser id', [...always, '/booking'], []],
  ['stranger', [...always, '/booking'], []],
])('to a %s', (who, storable, theirs) => {
  let answers: Answer[]
  beforeAll(async () => {
    answers = await walk(who)
  })

  it('only what is the same for everyone may be stored', () => {
    const routes = answers.filter(({ response }) => isStorable(response)).map(({ route }) => route)
    expect([...new Set(routes)].toSorted()).toEqual(storable)
  })

  it('nothing storable contains personal data', () => {
    const leaks = answers
      .filter(({ response }) => isStorable(response))
      .map((answer) => [answer.address, found(answer)])
    expect(leaks.filter(([, leaked]) => leaked?.length)).toEqual([])
  })

  it('nothing storable sets an identifying cookie', () => {
    const setting = answers.filter(
      ({ response }) =>
        isStorable(response) &&
        response.headers.getSetCookie().some((cookie) => cookie.startsWith('__Host-')),
    )
    expect(setting.map(({ address }) => address)).toEqual([])
  })

  it('everything else is private, without a tag or a version to revalidate', () => {
    const wrong = answers.filter(({ response: { headers }, ...answer }) => {
      if (isStorable({ headers } as Response)) return false
      // The API's version of an appointment is for `If-Match`.
      const forbidden = [
        'Cache-Tag',
        ...cacheHeaders.slice(0, 2),
        ...(answer.route.startsWith('/api/') ? [] : ['ETag']),
      ]
      return (
        headers.get('Cache-Control') !== 'private, no-store' || forbidden.some((name) => headers.has(name))
      )
    })
    expect(wrong.map(({ address }) => address)).toEqual([])
  })

  it('the walk finds their own data in private answers', () => {
    const seen = new Set(answers.flatMap(found))
    expect([...seen]).toEqual(expect.arrayContaining(theirs))
  })
})

it('every address is read with valid ids', async () => {
  const desk = credentials['front desk'] as Headers_
  const answers = await Promise.all(
    readable.map(async (route) => {
      const operation = operations.find((one) => one.route === `GET ${route}`)
      const path = operation ? (await sampleCall(operation, sample)).path : await samplePath(route, sample)
      return read(route, path, desk)
    }),
  )
  const missing = answers.filter(({ response }) => response.status >= 400)
  const onlyForAdmins = operations
    .filter(({ method, right }) => method === 'GET' && right && !mayDesk(right))
    .map(({ route }) => route.replace('GET ', '403 '))
  expect(missing.map(({ route, response }) => `${response.status} ${route}`).toSorted()).toEqual([
    '403 /account/data',
    '403 /account/data/:id/export',
    '403 /account/erasure',
    '403 /account/family',
    '403 /admin/email',
    '403 /admin/health',
    '403 /admin/history',
    '403 /admin/history.csv',
    '403 /admin/locations',
    '403 /admin/locations.csv',
    '403 /admin/locations/:id',
    '403 /admin/locations/:id/retirement',
    '403 /admin/locations/new',
    '403 /admin/messages',
    '403 /admin/messages/:kind',
    '403 /admin/messages/:kind/preview',
    '403 /admin/resources',
    '403 /admin/resources.csv',
    '403 /admin/resources/:id',
    '403 /admin/resources/:id/retirement',
    '403 /admin/resources/new',
    '403 /admin/security',
    '403 /admin/visit-types',
    '403 /admin/visit-types.csv',
    '403 /admin/visit-types/:id',
    '403 /admin/visit-types/:id/retirement',
    '403 /admin/visit-types/new',
    ...onlyForAdmins.toSorted(),
    '404 /api/v1/nowhere',
    '404 /assets/nothing.js',
    '404 /booking/nowhere',
    '404 /desk/live',
    // Of doctors only.
    '404 /desk/mine',
    '404 /nowhere',
    '404 /providers/whatsapp',
    '410 /m/preferences/:token/unsubscribe',
  ])
})

const mayDesk = (right: Right) => (rights[right].kinds as readonly string[]).includes('front_desk')

describe('the public page', () => {
  const fields = () => `visit_type_id=${visitType}&doctor_id=${doctor}&from=2031-03-03&view=week`
  const open = async (query: string, headers: Headers_ = {}) =>
    (await fetch(`${origin}/booking?${query}`, { headers })).text()

  it('is byte-identical for everyone, however they ask', async () => {
    const one = await open(fields(), {
      'CF-Connecting-IP': '192.0.2.1',
      'User-Agent': 'One',
      Cookie: 'mine=1',
    })
    const turned = fields().split('&').toReversed().join('&')
    const other = await open(`${turned}&utm_source=mail&doctor_id=999&empty=`, {
      'CF-Connecting-IP': '2001:db8::1',
      'User-Agent': 'Other',
      'X-Request-Id': 'other',
      Authorization: 'Bearer none',
      Referer: 'https://elsewhere.example/',
      Cookie: credentials['stranger with a browser id']?.Cookie as string,
    })
    expect(other).toBe(one)
    expect(one).toContain('name="slot"')
  })

  it('has one address for each search', async () => {
    const turned = fields().split('&').toReversed().join('&')
    const page = await open(`${turned}&utm_source=mail&location_id=`)
    const [, here = ''] = /href="([^"]*)" lang="id-ID"/.exec(page) ?? []
    expect(here.replaceAll('&amp;', '&')).toBe(`/booking?${fields()}&lang=id`)
  })

  it('ignores a field that is too long', async () => {
    const page = await open(`${fields()}&location_id=${'7'.repeat(101)}`)
    expect(page).toBe(await open(fields()))
  })

  it('never repeats the text of its address', async () => {
    const page = await open(`${fields()}&after=${encodeURIComponent('<script>alert(1)</script>')}`)
    expect(page).not.toContain('<script>alert')
  })
})
