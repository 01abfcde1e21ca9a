import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from './support/people.ts'
import { routesOfApp } from './support/routes.ts'

// Who gets what at every address. "right" and "wrong" are to the one appointment and patient asked about.

const actors = [
  'anonymous',
  'wrong patient',
  'right patient',
  'front desk',
  'doctor',
  'other doctor',
  'admin',
  'revoked key',
  'expired session',
] as const
type ActorName = (typeof actors)[number]
type Row = Record<ActorName, string>

const everyone = (answer: string): Row => Object.fromEntries(actors.map((actor) => [actor, answer])) as Row
const row = (...answers: string[]): Row =>
  Object.fromEntries(actors.map((actor, n) => [actor, answers[n]])) as Row

const signIn = '303 /sign-in'
const held = '303 /booking/holds'
/** Anybody may ask; but a key that is none is not overlooked. */
const publicRead = row('200', '200', '200', '200', '200', '200', '200', '401', '200')
const adminOnly = (answer: string) => row('401', '403', '403', '403', '403', '403', answer, '401', '401')

// biome-ignore format: a table is read in columns
const table: Record<string, Row> = {
  //                                     anonymous  wrong   right   desk    doctor  other   admin   revoked  expired
  'GET /api/v1/appointments/:id':     row('401',    '404',  '200',  '200',  '200',  '404',  '200',  '401',   '401'),
  'GET /api/v1/appointments':         row('401',    '200',  '200',  '200',  '200',  '200',  '200',  '401',   '401'),
  'PATCH /api/v1/appointments/:id':   row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'POST /api/v1/appointments/:id/cancellation': row('401', '404', '200', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/appointments/:id/arrival':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/completion':   row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/no-show':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/arrival':    row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/completion': row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/no-show':    row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'GET /api/v1/appointments/:id/events':        row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments':        row('401',    '403',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'POST /api/v1/holds':               row('401',    '403',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'GET /api/v1/holds/:id':            row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'DELETE /api/v1/holds/:id':         row('401',    '404',  '204',  '204',  '403',  '403',  '204',  '401',   '401'),
  'POST /api/v1/holds/:id/extension': row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'POST /api/v1/walk-ins':            row('401',    '403',  '403',  '201',  '403',  '403',  '201',  '401',   '401'),
  'GET /api/v1/patients':             row('401',    '200',  '200',  '200',  '200',  '200',  '200',  '401',   '401'),
  'GET /api/v1/patients/:id':         row('401',    '404',  '200',  '200',  '200',  '404',  '200',  '401',   '401'),
  'POST /api/v1/patients':            row('401',    '201',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'GET /api/v1/doctors':              publicRead,
  'GET /api/v1/doctors/:id':          publicRead,
  'GET /api/v1/doctors/:id/slots':    publicRead,
  'GET /api/v1/slots':                publicRead,
  'GET /api/v1/locations':            publicRead,
  'GET /api/v1/visit-types':          publicRead,
  'GET /api/v1/doctors/:id/weekly-hours': publicRead,
  'POST /api/v1/doctors':             adminOnly('201'),
  'PATCH /api/v1/doctors/:id':        adminOnly('200'),
  'PUT /api/v1/doctors/:id/weekly-hours': adminOnly('200'),
  'PUT /api/v1/doctors/:id/visit-types':  adminOnly('200'),
  'POST /api/v1/locations':           adminOnly('201'),
  'POST /api/v1/visit-types':         adminOnly('201'),
  'PUT /api/v1/visit-types/:id':      adminOnly('200'),
  'GET /api/v1/doctors/:id/time-off':                row('401', '403', '403', '200', '200', '403', '200', '401', '401'),
  'POST /api/v1/doctors/:id/time-off':               row('401', '403', '403', '201', '201', '403', '201', '401', '401'),
  'DELETE /api/v1/doctors/:id/time-off/:absenceId':  row('401', '403', '403', '204', '204', '403', '204', '401', '401'),
  'GET /api/v1/locations/:id/closures':              row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/locations/:id/closures':             row('401', '403', '403', '201', '403', '403', '201', '401', '401'),
  'DELETE /api/v1/locations/:id/closures/:absenceId':row('401', '403', '403', '204', '403', '403', '204', '401', '401'),
  'GET /api/v1/accounts':             adminOnly('200'),
  'PATCH /api/v1/accounts/:id':       adminOnly('200'),
  'GET /api/v1/api-keys':             adminOnly('200'),
  'POST /api/v1/api-keys':            adminOnly('201'),
  'DELETE /api/v1/api-keys/:id':      adminOnly('204'),
  'GET /api/v1':                      publicRead,
  'GET /api/docs':                    everyone('200'),
  'GET /api/v1/health':               adminOnly('200'),
  'GET /api/v1/openapi.json':         everyone('200'),
  'GET /api/problems/:code':          everyone('200'),
  'GET /healthz':                     everyone('200'),
  'GET /':                            everyone('302 /booking'),
  'GET /booking':                     everyone('200'),
  'POST /booking':                    row(signIn,   '403',  '303 /booking/confirmation', '303 /booking/confirmation', '403', '403', '303 /booking/confirmation', signIn, signIn),
  'GET /assets/:file':                everyone('404'),
  'GET /booking/holds':               everyone('302 /booking'),
  'POST /booking/holds':              row(held,     held,   held,   held,   '403',  '403',  held,   held,     held),
  'GET /booking/holds/:id':           row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,   signIn),
  'POST /booking/holds/:id':          row(signIn,   '404',  '303 /booking/confirmation', '303 /booking/confirmation', '403', '403', '303 /booking/confirmation', signIn, signIn),
  'POST /booking/holds/:id/extension': row(signIn,  '404',  held,   held,   '403',  '403',  held,   signIn,   signIn),
  'POST /booking/holds/:id/release':  row(signIn,   '404',  '303 /booking', '303 /booking', '403', '403', '303 /booking', signIn, signIn),
  'GET /admin/health':                row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /appointments':                row(signIn,   '200',  '200',  '200',  '200',  '200',  '200',  signIn,   signIn),
  'GET /appointments/:id/calendar.ics': row(signIn, '404',  '200',  '200',  '200',  '404',  '200',  signIn,   signIn),
  'GET /booking/confirmation/:id':    row(signIn,   '404',  '200',  '200',  '200',  '404',  '200',  signIn,  signIn),
  'GET /appointments/:id':               row(signIn, '404', '200', '200', '200', '404', '200', signIn, signIn),
  'POST /appointments/:id/cancellation': row(signIn, '404', '303 /appointments', '303 /appointments', '403', '403', '303 /appointments', signIn, signIn),
  'GET /appointments/:id/times':         row(signIn, '404', '302 /appointments', '302 /appointments', '403', '403', '302 /appointments', signIn, signIn),
  'POST /appointments/:id/times':        row(signIn, '404', '303 /appointments', '303 /appointments', '403', '403', '303 /appointments', signIn, signIn),
  'GET /dependants':                  row(signIn,   '200',  '200',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'POST /dependants':                 row(signIn, '303 /booking', '303 /booking', '303 /booking', '403', '403', '303 /booking', signIn, signIn),
  'GET /sign-in':                     row('200', ...Array(6).fill('302 /booking'), '200', '200'),
  'POST /sign-in':                    everyone('303 /sign-in/code'),
  'GET /sign-in/code':                row('302 /sign-in', ...Array(6).fill('302 /booking'), '302 /sign-in', '302 /sign-in'),
  'POST /sign-in/code':               everyone('303 /sign-in'),
  'GET /welcome':                     row('302 /sign-in', ...Array(6).fill('302 /booking'), '302 /sign-in', '302 /sign-in'),
  'POST /welcome':                    row(signIn, ...Array(6).fill('303 /booking'), signIn, signIn),
  'POST /sign-out':                   everyone('303 /booking'),
}

const clinic = await openClinic()
let accounts: Partial<Record<ActorName, number>>
let doctor: number
let patient: number
let appointment: number
let hour = 0

beforeAll(async () => {
  const { sql } = clinic
  const [other, stranger] = [await hireDoctor(sql), await registerPatient(sql, 'Patient Stranger')]
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql, 'Patient Right')
  accounts = {
    'wrong patient': await openAccount(sql, { patientIds: [stranger] }),
    'right patient': await openAccount(sql, { patientIds: [patient] }),
    'front desk': await openAccount(sql, { role: 'front_desk' }),
    doctor: await openAccount(sql, { role: 'doctor', doctorId: doctor }),
    'other doctor': await openAccount(sql, { role: 'doctor', doctorId: other }),
    admin: await openAccount(sql, { role: 'admin' }),
  }
  const { rows } = await sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, $2, noon, noon + interval '30 minutes'
     from (select date_trunc('day', now(), 'Asia/Jakarta') + interval '12 hours' as noon) today
     returning id`,
    [doctor, patient],
  )
  appointment = Number(rows[0].id)
})

const roleOf = {
  'front desk': 'front_desk',
  doctor: 'doctor',
  'other doctor': 'doctor',
  admin: 'admin',
} as const

/** As the API knows them by a key, and the pages by a session; made anew for every request. */
async function credentialsOf(actor: ActorName): Promise<Record<string, string>> {
  const { sql } = clinic
  const longAgo = new Date('2020-01-01')
  const owner = accounts[actor] ?? accounts.admin ?? 0
  if (actor === 'anonymous') return {}
  if (actor === 'expired session') return { Cookie: await openSession(sql, owner, longAgo) }
  if (actor === 'revoked key') {
    return { Authorization: `Bearer ${await giveKey(sql, owner, { role: 'admin', revokedAt: longAgo })}` }
  }
  const role = actor in roleOf ? roleOf[actor as keyof typeof roleOf] : 'patient'
  const [key, cookie] = await Promise.all([giveKey(sql, owner, { role }), openSession(sql, owner)])
  return { Authorization: `Bearer ${key}`, Cookie: cookie }
}

/** What is asked about the right patient: enough to be done, if the actor may. */
async function bodyFor(route: string): Promise<BodyInit | null> {
  hour += 1
  const start = Date.parse('2031-01-01T00:00:00Z') + hour * 3_600_000
  const fields = {
    doctor_id: String(doctor),
    patient_id: String(patient),
    start_at: new Date(start).toISOString(),
    end_at: new Date(start + 1_800_000).toISOString(),
  }
  const longAgo = { start_local: '2020-12-24T00:00', end_local: '2020-12-27T00:00' }
  // A patient has only so many holds.
  if (route === 'POST /api/v1/holds')
    await clinic.sql.query(`update appointments set status = 'cancelled' where status = 'pending'`)
  const clerk = await openAccount(clinic.sql, { role: 'front_desk' })
  const bodies: Record<string, object> = {
    'POST /api/v1/appointments': { appointment: fields },
    'POST /api/v1/holds': {
      hold: {
        ...fields,
        doctor_id: await hireDoctor(clinic.sql),
        visit_type_id: await defineVisitType(clinic.sql),
        end_at: undefined,
      },
    },
    'POST /api/v1/walk-ins': {
      walk_in: {
        doctor_id: await hireDoctor(clinic.sql),
        patient_id: await registerPatient(clinic.sql),
        visit_type_id: await defineVisitType(clinic.sql),
      },
    },
    'POST /api/v1/doctors': { doctor: { name: 'Dr. New', location_id: 1 } },
    'PUT /api/v1/doctors/:id/weekly-hours': {
      weekly_hours: [{ weekday: 1, opens_at: '00:00', closes_at: '24:00' }],
    },
    'PATCH /api/v1/appointments/:id': { appointment: { start_at: fields.start_at } },
    'POST /api/v1/appointments/:id/cancellation': { cancellation: { reason: 'Snow' } },
    'PATCH /api/v1/doctors/:id': { doctor: { grid_minutes: 20 } },
    'PUT /api/v1/doctors/:id/visit-types': { visit_type_ids: [] },
    'POST /api/v1/locations': { location: { name: 'There', time_zone: 'Asia/Jakarta' } },
    'POST /api/v1/visit-types': { visit_type: { name: `Visit ${hour}`, minutes: 20 } },
    'PUT /api/v1/visit-types/:id': { visit_type: { name: `Visit ${hour}`, minutes: 20 } },
    'POST /api/v1/doctors/:id/time-off': { time_off: longAgo },
    'POST /api/v1/locations/:id/closures': { closure: longAgo },
    'POST /api/v1/patients': { patient: { name: 'A Child' } },
    'PATCH /api/v1/accounts/:id': { account: { role: 'patient' } },
    'POST /api/v1/api-keys': {
      api_key: { name: 'Of a system', owner_id: clerk, role: 'front_desk', scopes: ['appointments:read'] },
    },
  }
  if (bodies[route]) return JSON.stringify(bodies[route])
  if (!route.startsWith('POST')) return null
  const visit_type_id = String(await defineVisitType(clinic.sql))
  const forms = {
    '/booking': fields,
    '/booking/holds/:id': { patient_id: String(patient) },
    '/booking/holds': { visit_type_id, slot: `${doctor}/${fields.start_at}` },
    '/appointments/:id/cancellation': { reason: 'Snow' },
    '/appointments/:id/times': { slot: `${doctor}/${fields.start_at}` },
    '/sign-in': { email: `${hour}@example.com` },
    '/sign-in/code': { code: '000000' },
  }
  const welcome = { name: 'Anybody', terms: 'accepted' }
  return new URLSearchParams(forms[route.slice(5) as keyof typeof forms] ?? welcome)
}

async function addressOf(method: string, path: string): Promise<string> {
  const ids: Record<string, () => Promise<number>> = {
    // In the status that it shall have: done already is as good as done.
    'POST /api/v1/appointments/:id/arrival': () => agree('arrived'),
    'POST /api/v1/appointments/:id/completion': () => agree('fulfilled'),
    'POST /api/v1/appointments/:id/no-show': () => agree('noshow'),
    'DELETE /api/v1/appointments/:id/arrival': () => agree('booked'),
    'DELETE /api/v1/appointments/:id/completion': () => agree('arrived'),
    'DELETE /api/v1/appointments/:id/no-show': () => agree('booked'),
    'PATCH /api/v1/appointments/:id': () => agree('booked'),
    '/api/v1/holds/:id': () => agree('pending'),
    '/booking/holds/:id': () => agree('pending'),
    '/booking/holds/:id/extension': () => agree('pending'),
    '/booking/holds/:id/release': () => agree('pending'),
    '/api/v1/holds/:id/extension': () => agree('pending'),
    '/api/v1/appointments/:id/cancellation': () => agree('booked'),
    '/appointments/:id/cancellation': () => agree('booked'),
    'POST /appointments/:id/times': () => agree('booked'),
    '/api/v1/doctors/:id': () => hireDoctor(clinic.sql),
    '/api/v1/doctors/:id/slots': async () => doctor,
    '/api/v1/doctors/:id/weekly-hours': () => hireDoctor(clinic.sql),
    '/api/v1/doctors/:id/visit-types': () => hireDoctor(clinic.sql),
    '/api/v1/doctors/:id/time-off': async () => doctor,
    '/api/v1/doctors/:id/time-off/:absenceId': async () => doctor,
    '/api/v1/locations/:id/closures': async () => 1,
    '/api/v1/locations/:id/closures/:absenceId': async () => 1,
    '/api/v1/patients/:id': async () => patient,
    '/api/v1/visit-types/:id': () => defineVisitType(clinic.sql, { name: `Visit of ${hour}` }),
    '/api/v1/accounts/:id': () => openAccount(clinic.sql),
    '/api/v1/api-keys/:id': async () => {
      await giveKey(clinic.sql, accounts.admin ?? 0, { role: 'admin' })
      return (await clinic.sql.query('select max(id) as id from api_keys')).rows[0].id
    },
  }
  const id = (await (ids[`${method} ${path}`] ?? ids[path])?.()) ?? appointment
  const visitType = await defineVisitType(clinic.sql)
  const query = path.endsWith('/slots') ? `?visit_type_id=${visitType}` : ''
  const written = path
    .replace(':id', String(id))
    .replace(':absenceId', String(await enterAbsence(path)))
    .replace(':code', 'slot_taken')
  return clinic.origin + written + query
}

/** An appointment of the right patient and doctor that is still to be had. */
async function agree(status: string): Promise<number> {
  hour += 1
  const { rows } = await clinic.sql.query(
    `insert into appointments (doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at)
     values (
       $1, $2, $3, $4, $5, $5::timestamptz + interval '30 minutes',
       case when $4 = 'pending' then now() + interval '10 minutes' end
     )
     returning id`,
    [
      doctor,
      patient,
      await defineVisitType(clinic.sql),
      status,
      new Date(Date.parse('2032-01-01T00:00:00Z') + hour * 3_600_000),
    ],
  )
  return Number(rows[0].id)
}

/** An absence to take back, for the routes that do. */
async function enterAbsence(path: string): Promise<number> {
  if (!path.includes(':absenceId')) return 0
  const table = path.includes('doctors') ? 'time_off (doctor_id' : 'closures (location_id'
  const { rows } = await clinic.sql.query(
    `insert into ${table}, starts_at, ends_at) values ($1, $2::timestamp, $2::timestamp + interval '1 day') returning id`,
    [path.includes('doctors') ? doctor : 1, `20${10 + (hour % 80)}-01-0${1 + (hour % 9)}`],
  )
  return Number(rows[0].id)
}

/** Nothing is for a cache, but what is the same for everyone. */
function keptBy(route: string, actor: ActorName): string {
  if (['GET /api/docs', 'GET /api/v1/openapi.json'].includes(route)) return 'public, max-age=300'
  const isPublic = route === 'GET /booking' && ['anonymous', 'revoked key'].includes(actor)
  return isPublic ? 'no-cache' : 'private, no-store'
}

async function ask(route: string, actor: ActorName): Promise<string> {
  const [method = '', path = ''] = route.split(' ')
  const body = await bodyFor(route)
  const isJson = typeof body === 'string'
  const response = await fetch(await addressOf(method, path), {
    method,
    redirect: 'manual',
    headers: {
      ...(await credentialsOf(actor)),
      ...(isJson && { 'Content-Type': 'application/json' }),
      ...(method === 'PATCH' && { 'If-Match': '*' }),
      Origin: clinic.origin,
    },
    body,
  })
  expect([route, response.headers.get('Cache-Control')]).toEqual([route, keptBy(route, actor)])
  const location = response.headers.get('Location')
  const isRedirect = response.status >= 300 && response.status < 400
  if (!isRedirect || !location) return String(response.status)
  return `${response.status} ${new URL(location, clinic.origin).pathname.replace(/\/\d+$/, '')}`
}

describe.each(Object.entries(table))('%s', (route, answers) => {
  it.each(Object.entries(answers))('answers %s with %s', async (actor, answer) => {
    expect(await ask(route, actor as ActorName)).toBe(answer)
  })
})

it('every route of the app has a row, and no row is of a route that is gone', () => {
  const routes = routesOfApp()
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  expect(new Set(routes)).toEqual(new Set(Object.keys(table)))
})

describe('the booking page shows', () => {
  const page = async (actor: ActorName, more = '') => {
    const visitType = await defineVisitType(clinic.sql)
    const address = `${clinic.origin}/booking?visit_type_id=${visitType}${more}`
    const response = await fetch(address, { headers: await credentialsOf(actor) })
    return response.text()
  }

  it.each(['anonymous', 'expired session', 'revoked key'] as const)(
    'a stranger (%s) no patient and no appointment',
    async (actor) => {
      const html = await page(actor)
      expect(html).not.toContain('Patient ')
      expect(html).not.toContain('class="card appointment')
    },
  )

  it('a patient only their own appointments', async () => {
    expect(await page('right patient')).toContain('Patient Right')
    expect(await page('wrong patient')).not.toContain('Patient ')
  })

  it('a doctor their own day, and no form', async () => {
    const own = await page('doctor')
    expect(own).toContain('Patient Right')
    expect(own).not.toContain('name="start_at"')
    expect(await page('other doctor')).toContain('No appointments today.')
  })

  it('the front desk all of it', async () => {
    const html = await page('front desk', '&patient=stranger')
    expect(html).toContain('Patient Right')
    expect(html).toContain('Patient Stranger')
  })
})
