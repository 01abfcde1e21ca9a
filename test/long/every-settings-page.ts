import type { Answer, Visit } from './every-page.ts'

const place = {
  name: 'AloClinic Kemang',
  address: '',
  phone: '',
  directions: '',
  email: '',
  wanted_messages: 'approvals',
}

const versionIn = ({ html }: { html: string }) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''

/** Looked at from its end, where the save bar covers nothing. */
const atItsEnd = async (answer: Promise<Answer>): Promise<Answer> => ({
  ...(await answer),
  prepare: (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight)),
})

/** The pages on which admins set up the clinic, in every state. */
export async function showSettings(visit: Visit): Promise<void> {
  await showLocations(visit)
  await showResources(visit)
  await showVisitTypes(visit)
  const ask = visit.arrive(visit.setting.cookies.admin)
  await visit.show('the history of settings', 200, ask('/admin/history'), 'role="rowheader"')
  await visit.show('no history', 200, ask('/admin/history?to=2000-01-01'), 'class="card"')
  await visit.show('the history of one location', 200, ask('/admin/history?subject=location&key=1'), 'key=')
  await showWhy(visit)
}

async function showWhy({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.admin)
  const of = (on: string) => `/admin/why?doctor_id=${setting.doctor}&visit_type_id=${setting.visit}&on=${on}`
  await show('why nothing is free, not asked yet', 200, ask('/admin/why'), 'name="doctor_id"')
  await show('why something is free', 200, ask(of('2030-01-09')), 'class="rule')
  await show('why nothing is free on a day that is over', 200, ask(of('2024-01-08')), 'rule quiet')
  await show('why, for a day that is too far away', 200, ask(of('2070-01-01')), 'aria-invalid')
}

async function showLocations({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.admin)
  const other = arrive(setting.cookies.admin)
  await show('locations', 200, ask('/admin/locations'), 'role="rowheader"')
  await show('locations that nothing matches', 200, ask('/admin/locations?q=nowhere'), 'class="card"')
  await show('a new location', 200, atItsEnd(ask('/admin/locations/new')), 'name="time_zone"')
  const faulty = ask('/admin/locations/new', { ...place, name: '', email: 'x', time_zone: 'Asia/Jakarta' })
  await show('a new location with faults', 422, faulty, 'id="summary"')
  const form = { ...place, time_zone: 'Asia/Jakarta' }
  const added = await show('an added location', 200, ask('/admin/locations/new', form), 'class="note good"')
  const path = added.path.split('?')[0] ?? ''
  const mine = { ...place, name: 'AloClinic Kemang Raya', directions: 'Upstairs', version: versionIn(added) }
  await other(path, {
    ...place,
    name: 'AloClinic Kemang Utara',
    phone: '+62 21 1',
    version: versionIn(added),
  })
  const overtaken = await show('a location that someone else changed', 412, ask(path, mine), 'type="radio"')
  const again = {
    ...mine,
    phone: '+62 21 1',
    version: versionIn(overtaken),
    seen: mine.version,
    choose: 'name',
  }
  await show('a location without a choice', 422, ask(path, again), 'id="choice_name-problem"')
  await show('a location with a fault and a choice', 422, ask(path, { ...again, email: 'x' }), 'id="faults"')
  const { rows } = await setting.clinic.sql.query('select location_id from doctors where id = $1', [
    setting.busy,
  ])
  const busy = `/admin/locations/${rows[0].location_id}/retirement`
  await show('closing a location with appointments ahead', 200, ask(busy), 'role="rowheader"')
  const closing = await show('closing a location', 200, ask(`${path}/retirement`), 'class="note good"')
  const closed = ask(`${path}/retirement`, { version: versionIn(closing) })
  await show('a location that is closed for good', 200, closed, '/reopening"')
}

async function showResources({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.admin)
  await show('a new room', 200, ask('/admin/resources/new'), 'name="location_id"')
  const { rows } = await setting.clinic.sql.query('select location_id from doctors where id = $1', [
    setting.busy,
  ])
  const room = { name: 'Room 1', type: 'room', kind: 'ultrasound', sort_order: '0' }
  await show(
    'a new room with faults',
    422,
    ask('/admin/resources/new', { ...room, kind: '' }),
    'id="summary"',
  )
  const wish = { ...room, location_id: String(rows[0].location_id) }
  const added = await show('an added room', 200, ask('/admin/resources/new', wish), 'class="note good"')
  const path = added.path.split('?')[0] ?? ''
  await show('rooms and devices', 200, ask('/admin/resources'), 'role="rowheader"')
  await show('rooms that nothing matches', 200, ask('/admin/resources?q=nothing'), 'class="card"')
  const retiring = await show('taking a room out of use', 200, ask(`${path}/retirement`), 'class="note good"')
  const retired = ask(`${path}/retirement`, { version: versionIn(retiring) })
  await show('a room that is out of use', 200, retired, '/reinstatement"')
}

async function showVisitTypes({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.admin)
  await show('visit types', 200, ask('/admin/visit-types'), 'role="rowheader"')
  await show('visit types that nothing matches', 200, ask('/admin/visit-types?q=nothing'), 'class="card"')
  const empty = await show('a new visit type', 200, atItsEnd(ask('/admin/visit-types/new')), 'name="minutes"')
  const faulty = ask('/admin/visit-types/new', {
    ...fieldsIn(empty),
    name: 'X',
    minutes: '2',
    reminder_days: '1, 99',
  })
  await show('a new visit type with faults', 422, faulty, 'id="reminder_days-problem"')
  const name = `Vaccination ${crypto.randomUUID()}`
  const added = ask('/admin/visit-types/new', { ...fieldsIn(empty), name })
  const { path, html } = await show('an added visit type', 200, added, 'class="note good"')
  const page = path.split('?')[0] ?? ''
  const asked = ask(`${page}/retirement`)
  await show('withdrawing a visit type', 200, asked, 'class="note good"')
  const withdrawn = ask(`${page}/retirement`, { version: versionIn({ html }) })
  await show('a visit type that is withdrawn', 200, withdrawn, '/reinstatement"')
}

/** What a form holds in its one-line fields and lists. */
const fieldsIn = ({ html }: Answer): Record<string, string> => ({
  mode: 'in_person',
  ...Object.fromEntries(
    [...html.matchAll(/<input type="text"[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value],
    ),
  ),
})
