import { signTicket } from '../../src/clinic/walk-ins/ticket.ts'
import type { Language } from '../../src/i18n/languages.ts'
import type { Clinic } from '../support/clinic.ts'
import { openDeskDay } from '../support/desk-day.ts'
import { fieldsOf } from '../support/desk-pages.ts'
import { addResource, openAccount, openSession, registerPatient } from '../support/people.ts'
import { type Answer, arrive, type Shown } from './every-page.ts'

const longName = 'Raden Ajeng Kusumaningsih Wiryohadiprodjo Notodiningrat'
const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000)

/** A day with something of everything: each status, badges, blocks, time off, walk-ins, notes. */
async function furnishDesk(clinic: Clinic) {
  const { sql } = clinic
  const day = await openDeskDay(clinic, ['Dr. Sari', 'Dr. Strange', 'Dr. Away', 'Dr. Rest'])
  const [, , away = 0, rest = 0] = day.doctors
  await sql.query("update locations set phone = '+62 21 5550 0121', name = 'Klinik Menteng' where id = $1", [
    day.location,
  ])
  await sql.query('update doctors set location_id = $2 where id = any($1)', [day.doctors, day.location])
  const room = await addResource(sql, day.location)
  const enter = async (name: string, time: string, fields: Record<string, unknown>, doctorId = day.sari) => {
    const id = await day.book(time, name, doctorId)
    const set = ['doctor_id = doctor_id', ...Object.keys(fields).map((column, n) => `${column} = $${n + 2}`)]
    await sql.query(`update appointments set ${set.join()} where id = $1`, [id, ...Object.values(fields)])
    return id
  }
  const ids = {
    fulfilled: await enter('Dewi Done', '08:00', { status: 'fulfilled', arrived_at: minutesAgo(130) }),
    noshow: await enter('Mira Missed', '08:30', { status: 'noshow' }),
    late: await enter('Lina Late', '09:00', {}),
    doing: await enter(longName, '09:30', {
      status: 'arrived',
      arrived_at: minutesAgo(40),
      started_at: minutesAgo(20),
    }),
    arrived: await enter(
      'Nina Next',
      '10:00',
      { status: 'arrived', arrived_at: minutesAgo(35) },
      day.strange,
    ),
    cancelled: await enter('Candra Cancelled', '11:30', { status: 'cancelled' }),
    booked: await enter('Budi Booked', '12:00', { note: 'Hard of hearing' }),
    again: await enter('Agus Again', '13:00', {}),
    later: await enter('Laras Later', '13:30', {}),
    told: await enter('Tono Told', '14:00', {}),
    gone: await enter('Gita Gone', '14:30', {}),
    blocked: await enter('Bima Blocked', '15:00', {}, day.strange),
    pending: await enter('Putri Pending', '15:30', {
      status: 'pending',
      awaits_approval: true,
      hold_expires_at: day.instant('15:30'),
    }),
    away: await enter('Ayu Away', '11:00', {}, away),
  }
  await sql.query(
    `insert into appointments (doctor_id, status, start_at, end_at, hold_expires_at)
     values ($1, 'pending', $2, $2::timestamptz + interval '30 minutes', now() + interval '9 minutes')`,
    [day.strange, day.instant('16:00')],
  )
  const off = (doctorId: number, from: string, until: string, kind: string, reason: string | null) =>
    sql.query(
      `insert into time_off (doctor_id, location_id, starts_at, ends_at, kind, reason)
       values ($1, $2, $3, $4, $5, $6)`,
      [doctorId, day.location, `${day.on} ${from}`, `${day.on} ${until}`, kind, reason],
    )
  await off(day.strange, '14:30', '15:45', 'block', 'Meeting of the team')
  await off(day.strange, '08:00', '09:00', 'reserve', 'Emergencies')
  await off(away, '08:00', '17:00', 'away', 'Congress')
  await off(rest, '00:00', '23:59', 'away', null)
  return { clinic, day, ids, room, away, rest }
}

type Desk = Awaited<ReturnType<typeof furnishDesk>>
type Fields = Record<string, string>

/** Every page under /desk, and of walk-ins, in every state. Each is checked to be the state it is named after. */
export async function showDesk(clinic: Clinic, languages: Language[]): Promise<Shown[]> {
  const all: Shown[] = []
  for (const language of languages) {
    const desk = await furnishDesk(clinic)
    const show: Show = async (name, status, answer, mark, more = {}) => {
      const page = await answer
      if (page.status !== status || !mark.test(page.html))
        throw new Error(`Not "${name}" but ${page.status}, without ${mark}: ${page.html.slice(-3_000)}`)
      all.push({ name, language, widths: [320, 1280], ...page, ...more })
      return page
    }
    const account = await openAccount(clinic.sql, { role: 'front_desk', name: 'Rina Aulia' })
    const ask = arrive(clinic.origin, language, await openSession(clinic.sql, account))
    const visit = { desk, show, ask, language }
    await showDays(visit)
    await showAppointments(visit)
    await showBooking(visit)
    await showMoving(visit)
    await showWalkIns(visit)
    await showNotesAndBlocks(visit)
    await showDoctors(visit)
    await showOthers(visit)
  }
  return all
}

type Show = (
  name: string,
  status: number,
  answer: Promise<Answer>,
  mark: RegExp,
  more?: Partial<Shown>,
) => Promise<Answer>

interface Visit {
  desk: Desk
  show: Show
  ask: ReturnType<typeof arrive>
  language: Language
}

async function showDays({ desk, show, ask }: Visit): Promise<void> {
  const at = `/desk?location=${desk.day.location}`
  const grid = `${at}&view=grid`
  await show('the grid', 200, ask(grid), /is-doing[\s\S]*class="block/)
  await show('the list', 200, ask(`${at}&view=list`), /class="rows"/)
  await show('the list of those who wait', 200, ask(`${at}&view=list&status=arrived`), /aria-current/)
  await show('three days', 200, ask(`${grid}&days=3`), /class="cal/)
  await show('a week', 200, ask(`${grid}&days=7&doctor=${desk.day.sari}`), /class="cal/)
  await show('the rooms', 200, ask(`${grid}&by=rooms`), /Room 1/)
  await show('an empty day', 200, ask(`${grid}&on=2031-03-04`), /class="cal/)
  await show('an empty list', 200, ask(`${at}&view=list&on=2031-03-04`), /class="none"/)
  await show('a day without a chosen doctor', 200, ask(`${grid}&doctor=999999`), /class="(cal|none)/)
  for (const zoom of ['s', 'l']) {
    await ask('/desk/view', { listed: '', zoom, cancelled: '1', return_to: grid })
    await show(`the grid in size ${zoom}`, 200, ask(grid), /is-cancelled/)
  }
  await ask('/desk/view', { listed: '', zoom: 'm', specialty: 'Dermatology', return_to: grid })
  await show('a day on which the filter leaves nobody', 200, ask(grid), /class="none"/)
  await ask('/desk/view', { reset: '1', return_to: grid })
  for (const [name, within, view] of [
    ['the menu of the account', '.top .menu:last-of-type', 'grid'],
    ['the menu of the view', '.menu.view', 'grid'],
    ['the menu of the locations', '.menu.start', 'list'],
    ['the form for a note', '.panel details', 'grid'],
    ['the past of the list', 'details.past', 'list'],
  ] as const)
    await show(name, 200, ask(`${at}&view=${view}`), /<details/, {
      within,
      prepare: (page) =>
        page.evaluate((part) => {
          for (const one of document.querySelectorAll<HTMLDetailsElement>(part)) one.open = true
        }, within),
    })
  await show('a lost connection', 200, ask(grid), /id="stale"/, {
    prepare: (page) =>
      page.evaluate(() => {
        document.documentElement.dataset.lost = ''
        const text = document.querySelector('#stale .text')
        if (text) text.textContent = document.querySelector<HTMLElement>('#desk-words')?.dataset.lost ?? ''
      }),
  })
  await ask('/desk/names', { hides: '1', return_to: grid })
  await show('the grid with hidden names', 200, ask(grid), /hides-names/)
  await show('the list with hidden names', 200, ask(`${at}&view=list`), /hides-names/)
  await ask('/desk/names', { hides: '0', return_to: grid })
}

async function showAppointments({ desk, show, ask }: Visit): Promise<void> {
  const { ids, clinic } = desk
  for (const status of [
    'booked',
    'late',
    'arrived',
    'doing',
    'fulfilled',
    'noshow',
    'cancelled',
    'pending',
  ] as const)
    await show(`an appointment: ${status}`, 200, ask(`/desk/appointments/${ids[status]}`), /class="pill/)
  const send = async (id: number, verb: string, fields: Fields = {}) => {
    const { html } = await ask(`/desk/appointments/${id}`)
    return ask(`/desk/appointments/${id}/${verb}`, {
      ...fieldsOf(html, `/desk/appointments/${id}/${verb}`),
      ...fields,
    })
  }
  await show(
    'an undo in the list',
    200,
    send(ids.again, 'arrival', { return_to: `/desk?location=${desk.day.location}&view=list` }),
    /is-arrived/,
  )
  await show('an undo', 200, send(ids.later, 'arrival'), /class="toast"/)
  await show(
    'a cancellation that can be undone',
    200,
    send(ids.gone, 'cancellation', { reason: 'patient', details: 'has a fever' }),
    /id="cancelled"/,
  )
  await show(
    'a cancellation without a reason',
    422,
    send(ids.told, 'cancellation', { reason: '' }),
    /class="problem"/,
  )
  await show('an identity without facts', 422, send(ids.told, 'identity'), /class="problem"/)
  await show('too long a note', 422, send(ids.told, 'note', { note: 'word '.repeat(300) }), /class="problem"/)
  await show('changed in the meantime', 409, send(ids.later, 'completion', { version: '77' }), /id="changed"/)
  await show(
    'a refused press',
    409,
    ask(`/desk/appointments/${ids.fulfilled}/arrival`, { a: '' }),
    /id="refused"/,
  )
  await show(
    'declined without a reason at the desk',
    422,
    send(ids.pending, 'decline', { reason: '' }),
    /class="problem"/,
  )
  await show('a label', 200, ask(`/desk/appointments/${ids.booked}/label`), /class="label"/)
  await ask('/desk/names', { hides: '1', return_to: '/desk' })
  await show('an appointment with hidden names', 200, ask(`/desk/appointments/${ids.booked}`), /hides-names/)
  await ask('/desk/names', { hides: '0', return_to: '/desk' })
  await clinic.sql.query('select 1')
}

async function showBooking({ desk, show, ask }: Visit): Promise<void> {
  const { day, clinic } = desk
  const patient = String(await registerPatient(clinic.sql, longName))
  const time = { doctor_id: String(day.sari), start_at: `${day.on}T16:00`, location_id: String(day.location) }
  const form = (fields: Fields) =>
    ask('/desk/book', {
      ...{ form_key: crypto.randomUUID(), ...time, visit_type_id: String(day.visitTypes[0]) },
      ...fields,
    })
  const at = `/desk/book?${new URLSearchParams(time)}`
  await show('booking without a time', 200, ask(`/desk/book?location=${day.location}`), /id="q"/)
  await show('booking a free minute', 200, ask(at), /id="q"/)
  await show('booking for someone', 200, ask(`${at}&patient_id=${patient}`), /id="book"/)
  await show(
    'people found to book',
    200,
    ask('/desk/book/patient-search', { ...time, q: 'rad' }),
    /id="found"/,
  )
  await show(
    'nobody found to book',
    200,
    ask('/desk/book/patient-search', { ...time, q: 'Zzz' }),
    /name="birth_date"/,
  )
  await show(
    'registering with faults',
    422,
    form({ register: '1', name: '', birth_date: 'x', phone: 'x' }),
    /id="refused"/,
  )
  await ask('/desk/book', {
    form_key: crypto.randomUUID(),
    ...time,
    start_at: `${day.on}T16:30`,
    register: '1',
    name: 'Twin Again',
    birth_date: '1990-05-17',
    visit_type_id: String(day.visitTypes[0]),
  })
  await show(
    'registering someone who may exist',
    409,
    form({ register: '1', name: 'Twin Again', birth_date: '1990-05-17' }),
    /use_patient/,
  )
  await show(
    'a taken time',
    409,
    form({ start_at: `${day.on}T12:00`, patient_id: patient }),
    /id="refused"[\s\S]*name="instead"/,
  )
  await show(
    'a time outside the hours',
    422,
    form({ start_at: `${day.on}T19:00`, patient_id: patient }),
    /id="refused"/,
  )
  await show(
    'booking with nothing chosen',
    422,
    form({ doctor_id: '', start_at: '', visit_type_id: '' }),
    /id="refused"/,
  )
}

async function showMoving({ desk, show, ask }: Visit): Promise<void> {
  const { day, ids } = desk
  const path = `/desk/appointments/${ids.booked}/move`
  await show('moving', 200, ask(path), /class="to/)
  await show('moving to another day', 200, ask(`${path}?on=2031-03-04&location=${day.location}`), /class="to/)
  const slot = (at: string) => ({
    slot: `${day.sari}/${day.on}T${at}`,
    location: String(day.location),
    version: '1',
  })
  await show('a refused move', 409, ask(path, slot('13:30')), /name="slot"/)
  await show('a move to nowhere', 422, ask(path, { a: '' }), /class="say bad"/)
}

async function showWalkIns({ desk, show, ask, language }: Visit): Promise<void> {
  const { day, clinic } = desk
  const at = { location_id: String(day.location) }
  const visitType = String(day.visitTypes[0])
  const page = (path: string, ...rest: [Fields?]) => ask(path, ...rest)
  await show('a walk-in', 200, page(`/desk/walk-ins/new?location=${day.location}`), /id="q"/)
  await show(
    'people found for a walk-in',
    200,
    page('/desk/walk-ins/patient-search', { ...at, patient: 'Tono' }),
    /class="found"/,
  )
  await show(
    'nobody found for a walk-in',
    200,
    page('/desk/walk-ins/patient-search', { ...at, patient: 'Zzz' }),
    /role="status"/,
  )
  await show('a walk-in with nothing chosen', 422, page('/desk/walk-ins', at), /class="problem"/)
  const add = async (name: string) =>
    page('/desk/walk-ins', {
      ...{ ...at, form_key: crypto.randomUUID(), visit_type_id: visitType, doctor_id: '' },
      patient_id: String(await registerPatient(clinic.sql, name)),
    })
  const waiting = await show('a walk-in who waits', 200, add(longName), /class="box slip"/)
  const id = (path: string) => Number(path.split('/').pop())
  const { rows } = await clinic.sql.query('select patient_id from walk_ins where id = $1', [id(waiting.path)])
  await show(
    'a walk-in who waits already',
    409,
    page('/desk/walk-ins', {
      ...at,
      form_key: crypto.randomUUID(),
      visit_type_id: visitType,
      patient_id: String(rows[0].patient_id),
    }),
    /class="say bad"/,
  )
  const left = await add('Wati Went')
  await show('a walk-in who left', 200, page(`${left.path}/removal`, { return_to: '' }), /class="pill"/)
  await show(
    'a walk-in not booked',
    409,
    page(`${waiting.path}/booking`, {
      form_key: crypto.randomUUID(),
      doctor_id: String(day.sari),
      start_at: `${day.on}T12:00`,
    }),
    /class="say bad"/,
  )
  const booked = await add('Bayu Booked')
  await page(`${booked.path}/booking`, { ...fieldsOf(booked.html, `${booked.path}/booking`), return_to: '' })
  await show('a walk-in who was booked', 200, page(booked.path), /class="pill"/)
  await show('the day with walk-ins', 200, page(`/desk?location=${day.location}&view=grid`), /class="ticket"/)
  const stranger = arrive(clinic.origin, language)
  const ticket = async (path: string) => `/w/${await signTicket(clinic.context().secrets, id(path))}`
  await show('the page of a walk-in', 200, stranger(await ticket(waiting.path)), /class="card message"/)
  await show(
    'the page of a walk-in who was booked',
    200,
    stranger(await ticket(booked.path)),
    /class="card message"/,
  )
  await show('the page of a walk-in who left', 200, stranger(await ticket(left.path)), /class="card message"/)
  await clinic.sql.query('update walk_ins set day = day - 1 where id = $1', [id(left.path)])
  await show(
    'the page of a walk-in of yesterday',
    200,
    stranger(await ticket(left.path)),
    /class="card message"/,
  )
  await show('a false page of a walk-in', 404, stranger('/w/x'), /class="card message"/)
}

async function showNotesAndBlocks({ desk, show, ask }: Visit): Promise<void> {
  const { day, ids } = desk
  const at = { location_id: String(day.location), return_to: `/desk?location=${day.location}&view=grid` }
  const note = (fields: Fields) => ask('/desk/notes', { form_key: crypto.randomUUID(), ...at, ...fields })
  await show('a note without words', 422, note({ text: '' }), /aria-invalid/)
  await show(
    'a note until a time that has passed',
    422,
    note({ text: 'Late', until: 'date', until_on: day.on, until_at: '00:01' }),
    /aria-invalid/,
  )
  await show(
    'a note',
    200,
    note({ text: 'The lift is out of order; help patients with wheelchairs' }),
    /lift/,
  )
  const blocks = `/desk/blocks?location=${day.location}&on=${day.on}`
  const listed = await show('blocks of a week', 200, ask(blocks), /Meeting of the team/)
  const block = {
    ...{ location_id: String(day.location), on: day.on, whose: `doctor:${day.sari}`, kind: 'block' },
    ...{
      reason: 'Rounds',
      start_local: `${day.on}T11:45`,
      end_local: `${day.on}T14:00`,
      form_key: crypto.randomUUID(),
    },
  }
  await show('a block that affects patients', 200, ask('/desk/blocks/preview', block), /Budi Booked/)
  await show(
    'a block with faults',
    422,
    ask('/desk/blocks', { ...block, whose: '', start_local: '' }),
    /class="say bad"/,
  )
  const [, change = ''] = /change=([^&"]+)/.exec(listed.html) ?? []
  await show('a block to change', 200, ask(`${blocks}&change=${change}`), /name="replaces"/)
  await show(
    'a block that was saved',
    200,
    ask('/desk/blocks', {
      ...block,
      reason: 'Ward',
      start_local: `${day.on}T16:00`,
      end_local: `${day.on}T16:30`,
    }),
    /Ward/,
  )
  const hours = { ...block, kind: 'hours', reason: '' }
  const evening = { start_local: `${day.on}T22:00`, end_local: `${day.on}T23:00` }
  await show('extra hours', 200, ask('/desk/blocks/preview', { ...hours, ...evening }), /id="preview"/)
  await show(
    'extra hours with faults',
    422,
    ask('/desk/blocks', { ...hours, ...evening, whose: `location:${day.location}` }),
    /aria-invalid/,
  )
  await show('extra hours that overlap others', 409, ask('/desk/blocks', hours), /class="say bad"/)
  await show(
    'extra hours that were saved',
    200,
    ask('/desk/blocks', { ...hours, ...evening, form_key: crypto.randomUUID() }),
    /id="hours-\d+"/,
  )
  const to = `/desk/to-work-through?location=${day.location}`
  await ask('/desk/blocks', {
    ...block,
    kind: 'away',
    whose: `doctor:${day.strange}`,
    start_local: `${day.on}T13:45`,
    end_local: `${day.on}T15:30`,
  })
  await show('what to work through with something in it', 200, ask(to), /Bima Blocked/)
  await ask(`/desk/to-work-through/${ids.blocked}/stay`, { return_to: to })
  await show('what to work through when something stays', 200, ask(to), /<h1>/)
}

async function showDoctors({ desk: { clinic, day, away, rest }, show, language }: Visit): Promise<void> {
  const sit = async (doctorId: number) => {
    const account = await openAccount(clinic.sql, { role: 'doctor', doctorId, name: 'Dr. Sari' })
    return arrive(clinic.origin, language, await openSession(clinic.sql, account))
  }
  const ask = await sit(day.sari)
  await show('the day of its doctor', 200, ask('/desk/mine'), /class="panel now-panel"/)
  await show('the week of its doctor', 200, ask('/desk/mine?days=7'), /<h1/)
  await show('a day of its doctor without appointments', 200, ask('/desk/mine?on=2031-03-04'), /<h1/)
  await show('a day off', 200, (await sit(away))('/desk/mine'), /<h1/)
  await show('a day off without patients', 200, (await sit(rest))('/desk/mine'), /<h1/)
  await show('the figures of a doctor', 200, ask('/desk/figures'), /<svg/)
  await show('a page of the desk that a doctor may not see', 403, ask(`/desk/walk-ins/new`), /./)
}

async function showOthers({ desk, show, ask }: Visit): Promise<void> {
  const { day } = desk
  await show('the figures of the week', 200, ask(`/desk/figures?location=${day.location}`), /<table/)
  await show('the figures of an empty week', 200, ask('/desk/figures?on=2040-01-02'), /<h1/)
  await show('the keys', 200, ask('/desk/keys'), /<kbd>/)
  await show('the keys when letters are off', 200, ask('/desk/keys', { letters: 'off' }), /value="on"/)
}
