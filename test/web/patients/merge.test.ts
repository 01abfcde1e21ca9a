import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../../src/i18n/en.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let cookie = ''
let doctor = 0

beforeAll(async () => {
  cookie = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  doctor = await hireDoctor(sql)
})

async function ask(path: string, form?: Record<string, string | number>) {
  const response = await fetch(`${clinic.origin}${path}`, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: clinic.origin },
    ...(form && {
      body: new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)])),
    }),
  })
  return { status: response.status, to: response.headers.get('Location'), page: await response.text() }
}

async function openTwo(name: string) {
  return [await registerPatient(sql, name), await registerPatient(sql, name)] as const
}

const key = () => ({ form_key: crypto.randomUUID() })

describe('merging on the pages', () => {
  it('finds the other record, compares, merges, and undoes it', async () => {
    const [one, other] = await openTwo('Wayan Sudarma')
    const record = await ask(`/patients/${one}`)
    expect(record.page).toContain(en.merge.section)
    const found = await ask(`/patients/${one}/merge-search`, { q: 'wayan sudarma' })
    expect(found).toMatchObject({ status: 200 })
    expect(found.page).toContain(`/patients/${one}/merge?with=${other}`)
    expect(found.page).not.toContain(`with=${one}"`)
    const byNumber = await ask(`/patients/${one}/merge-search`, { q: String(other) })
    expect(byNumber.page).toContain(`/patients/${one}/merge?with=${other}`)
    const compared = await ask(`/patients/${one}/merge?with=${other}`)
    expect(compared.page).toContain(en.merge.title)
    const merged = await ask(`/patients/${one}/merge`, { with: other, keep: one, ...key() })
    expect(merged).toMatchObject({ status: 303, to: `/patients/${one}` })
    expect(await ask(`/patients/${other}`)).toMatchObject({ status: 301, to: `/patients/${one}` })
    expect((await ask(`/patients/${one}`)).page).toContain(`action="/patients/${other}/unmerge"`)
    const again = await ask(`/patients/${one}/merge?with=${other}`)
    expect(again.page).toContain(en.merge.same)
    expect(await ask(`/patients/${other}/unmerge`, key())).toMatchObject({
      status: 303,
      to: `/patients/${other}`,
    })
    expect((await ask(`/patients/${other}`)).status).toBe(200)
  })

  it('asks to confirm what differs, and offers nothing while two appointments overlap', async () => {
    const [one, other] = await openTwo('Ketut Lestari')
    await sql.query(`update patients set birth_date = date '1990-01-01' + id::int where id in ($1, $2)`, [
      one,
      other,
    ])
    const form = { with: other, keep: other }
    const asked = await ask(`/patients/${one}/merge`, { ...form, ...key() })
    expect(asked.status).toBe(409)
    expect(asked.page).toContain(en.merge.refused.records_differ)
    expect(asked.page).toContain('name="confirmed"')
    const startAt = '2031-03-04T02:00:00Z'
    const ids = [
      await insertAppointment(sql, { doctorId: doctor, patientId: one, startAt }),
      await insertAppointment(sql, { doctorId: await hireDoctor(sql), patientId: other, startAt }),
    ]
    const refused = await ask(`/patients/${one}/merge`, { ...form, confirmed: 'yes', ...key() })
    expect(refused.status).toBe(409)
    for (const id of ids) expect(refused.page).toContain(`href="/desk/appointments/${id}"`)
    expect(refused.page).not.toContain(en.merge.submit)
  })

  it('says why a merge is not undone', async () => {
    const [one, other] = await openTwo('Made Wirawan')
    await ask(`/patients/${one}/merge`, { with: other, keep: one, ...key() })
    await sql.query(`update patient_merges set merged_at = now() - interval '31 days' where from_id = $1`, [
      other,
    ])
    expect((await ask(`/patients/${one}`)).page).not.toContain(en.merge.undo)
    const refused = await ask(`/patients/${other}/unmerge`, key())
    expect(refused.status).toBe(409)
    expect(refused.page).toContain(en.merge.undoRefused.undo_expired)
  })
})

describe('an appointment that was booked for the wrong person', () => {
  it('is given to another, with a reason', async () => {
    const [one, other] = await openTwo('Nyoman Astuti')
    const id = await insertAppointment(sql, {
      doctorId: doctor,
      patientId: one,
      startAt: '2031-03-05T02:00:00Z',
    })
    expect((await ask(`/desk/appointments/${id}`)).page).toContain(`href="/appointments/${id}/patient"`)
    const found = await ask(`/appointments/${id}/patient-search`, { q: 'Nyoman Astuti' })
    expect(found.page).toContain(`/appointments/${id}/patient?patient_id=${other}`)
    expect(found.page).not.toContain(`patient_id=${one}"`)
    expect((await ask(`/appointments/${id}/patient?patient_id=${other}`)).page).toContain(en.reassign.chosen)
    const unreasoned = await ask(`/appointments/${id}/patient`, { patient_id: other, ...key() })
    expect(unreasoned.status).toBe(422)
    const stale = await ask(`/appointments/${id}/patient`, {
      patient_id: other,
      reason: 'Sister',
      version: 9,
      ...key(),
    })
    expect(stale.status).toBe(409)
    const given = await ask(`/appointments/${id}/patient`, { patient_id: other, reason: 'Sister', ...key() })
    expect(given).toMatchObject({ status: 303, to: `/desk/appointments/${id}` })
    const { rows } = await sql.query('select patient_id::int from appointments where id = $1', [id])
    expect(rows).toEqual([{ patient_id: other }])
  })

  it('stays where it is when the other patient is busy, and the page shows with what', async () => {
    const [one, other] = await openTwo('Putu Wulandari')
    const startAt = '2031-03-06T02:00:00Z'
    const id = await insertAppointment(sql, { doctorId: doctor, patientId: one, startAt })
    const theirs = await insertAppointment(sql, {
      doctorId: await hireDoctor(sql),
      patientId: other,
      startAt,
    })
    const refused = await ask(`/appointments/${id}/patient`, {
      patient_id: other,
      reason: 'Sister',
      ...key(),
    })
    expect(refused.status).toBe(409)
    expect(refused.page).toContain(`href="/desk/appointments/${theirs}"`)
  })
})
