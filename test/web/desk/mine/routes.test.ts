import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const minutes = (count: number) => new Date(Date.now() + count * 60_000)
let doctorId: number
let cookie: string

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  cookie = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId }))
})

const open = async (path: string, as = cookie) =>
  (await fetch(origin + path, { headers: { Cookie: as }, redirect: 'manual' })).text()

/** An appointment around now, so that it is today's. */
async function enter(name: string, status: string, from: number, at: Record<string, Date> = {}) {
  const id = await insertAppointment(sql, {
    doctorId,
    patientId: await registerPatient(sql, name),
    startAt: minutes(from).toISOString(),
    minutes: 5,
    status,
  })
  await sql.query('update appointments set arrived_at = $2, started_at = $3 where id = $1', [
    id,
    at.arrived ?? null,
    at.started ?? null,
  ])
  return id
}

describe('the doctor’s day', () => {
  it('says who is there, who is next and since when they wait', async () => {
    const current = await enter('Citra Current', 'arrived', -4, {
      arrived: minutes(-20),
      started: minutes(-3),
    })
    const next = await enter('Nina Next', 'arrived', 1, { arrived: minutes(-12) })
    await enter('Lina Later', 'booked', 6)
    const html = await open('/desk/mine')
    const panel = /<section class="panel now-panel"[\s\S]*?<\/section>/.exec(html)?.[0] ?? ''
    expect(panel).toMatch(/With you[\s\S]*Citra Current[\s\S]*Next patient[\s\S]*Nina Next/)
    expect(panel).toContain('waiting 12 min')
    expect(panel).not.toContain('Lina Later')
    for (const [path, id] of [
      ['completion', current],
      ['start', next],
      ['note', next],
    ])
      expect(panel).toContain(`action="/desk/appointments/${id}/${path}"`)
    expect(html).toContain('Lina Later')
    await sql.query('delete from claims; delete from appointments')
  })

  it('leads back to itself with each form', async () => {
    await enter('Nina Next', 'arrived', 1, { arrived: minutes(-12) })
    const html = await open('/desk/mine')
    const returns = [...html.matchAll(/name="return_to" value="([^"]*)"/g)].map(([, path]) => path)
    expect(returns.length).toBeGreaterThan(1)
    expect(new Set(returns)).toEqual(new Set(['/desk/mine']))
    await sql.query('delete from claims; delete from appointments')
  })

  it('is never empty on a day off', async () => {
    const idle = await hireDoctor(sql, { hours: [] })
    const own = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId: idle }))
    expect(await open('/desk/mine', own)).toContain('No working day in the next ten weeks.')
    const startAt = new Date(Date.now() + 5 * 24 * 60 * 60 * 1000)
    await insertAppointment(sql, {
      doctorId: idle,
      startAt: startAt.toISOString(),
      patientId: await registerPatient(sql, 'Fitri First'),
    })
    const html = await open('/desk/mine', own)
    expect(html).toMatch(/Off until \w+ \d+ \w+/)
    expect(html).toMatch(/Next working day: [\s\S]*Fitri First/)
  })

  it('shows the week', async () => {
    const html = await open('/desk/mine?days=7&on=2026-12-02')
    expect(html.match(/<h2 class="group" id="d2026-/g)).toHaveLength(7)
    expect(html).toContain('/desk/mine?on=2026-12-07&amp;days=7')
  })

  it('is for doctors only', async () => {
    const desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
    const answer = await fetch(`${origin}/desk/mine`, { headers: { Cookie: desk } })
    expect(answer.status).toBe(404)
  })
})

it('has one form for all presses, whose buttons say where to and which version they saw', async () => {
  const id = await enter('Nina Next', 'arrived', 1, { arrived: minutes(-12) })
  const html = await open('/desk/mine')
  const [, form = ''] = /<form method="post" id="press" hidden="">(.*?)<\/form>/s.exec(html) ?? []
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
  const [, version] =
    new RegExp(`form="press" formaction="/desk/appointments/${id}/start" name="version" value="(\\d+)"`).exec(
      html,
    ) ?? []
  const pressed = async (seen: string | undefined) =>
    fetch(`${origin}/desk/appointments/${id}/start`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: origin },
      body: new URLSearchParams([...fields, ['version', seen]] as string[][]),
      redirect: 'manual',
    })
  expect((await pressed('99')).status).toBe(409)
  const answer = await pressed(version)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/desk/mine#a${id}`])
})
