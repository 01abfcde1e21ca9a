import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let cookies: { patient: string; desk: string; doctor: string }

beforeAll(async () => {
  const [doctor, patient] = [await hireDoctor(sql), await registerPatient(sql)]
  const day = 24 * 60 * 60 * 1000
  const enter = (days: number, status: string) =>
    sql.query(
      `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
       values ($1, $2, $3, $4, $4::timestamptz + interval '30 minutes')`,
      [doctor, patient, status, new Date(Date.now() + days * day)],
    )
  await enter(2, 'booked')
  await enter(3, 'cancelled')
  await enter(-2, 'fulfilled')
  await enter(-3, 'cancelled')
  await enter(-4, 'noshow')
  await enter(-5, 'booked')
  cookies = {
    patient: await openSession(sql, await openAccount(sql, { patientIds: [patient] })),
    desk: await openSession(sql, await openAccount(sql, { role: 'front_desk' })),
    doctor: await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId: doctor })),
  }
})

/** The heading of the page, that of its list, and the statuses in the list. */
async function read(cookie: string, when: string) {
  const html = await (
    await fetch(`${origin}/appointments?when=${when}`, { headers: { Cookie: cookie } })
  ).text()
  const one = (pattern: RegExp) => pattern.exec(html)?.[1]
  return {
    heading: one(/<h1>([^<]*)/),
    list: one(/<h2[^>]*>([^<]*)/),
    statuses: [...html.matchAll(/class="card appointment (\w+)"/g)].map(([, status]) => status),
  }
}

const views = {
  '': ['booked'],
  past: ['fulfilled', 'cancelled', 'noshow', 'booked'],
  cancelled: ['cancelled'],
}

describe.each(Object.entries(views))('the list of appointments when=%s', (when, statuses) => {
  const name = { '': 'Upcoming', past: 'Past', cancelled: 'Cancelled' }[when]

  it('has what belongs there, and says so to staff', async () => {
    for (const who of ['desk', 'doctor'] as const)
      expect(await read(cookies[who], when)).toEqual({
        heading: `${name} appointments`,
        list: name,
        statuses,
      })
  })

  it('is the patient’s own', async () => {
    expect(await read(cookies.patient, when)).toEqual({ heading: 'Your appointments', list: name, statuses })
  })
})
