import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Clinic } from './clinic.ts'
import { asCookie, visit } from './pages.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from './people.ts'

/** A location in a time zone where it is between ten and eleven in the morning, with doctors from eight to five. */
export async function openDeskDay({ sql, origin }: Clinic, names = ['Dr. Sari', 'Dr. Strange']) {
  const offset = ((10 - new Date().getUTCHours() + 36) % 24) - 12
  const timeZone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
  const on = new Date(Date.now() + offset * 3_600_000).toISOString().slice(0, 10)
  const instant = (time: string) => new Date(Date.parse(`${on}T${time}Z`) - offset * 3_600_000).toISOString()
  const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '08:00', closesAt: '17:00' }]
  const visitTypes = [await defineVisitType(sql)]
  const hire = async (name: string) => {
    const id = await hireDoctor(sql, { timeZone, hours, visitTypes })
    await sql.query('update doctors set name = $2 where id = $1', [id, name])
    return id
  }
  const doctors: number[] = []
  for (const name of names) doctors.push(await hire(name))
  const [sari = 0, strange = 0] = doctors
  const location = await locationOf(sql, sari)
  await sql.query('delete from doctor_locations where doctor_id = any ($1) and location_id <> $2', [
    doctors,
    location,
  ])
  await sql.query('update doctors set location_id = $2 where id = any ($1)', [doctors, location])
  const address = `${origin}/desk?location=${location}&view=grid`
  const sitDownAs = async (
    browser: Browser,
    role: Parameters<typeof openAccount>[1],
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<Page> => {
    const viewport = { width: 1280, height: 900 }
    const { page } = await visit({ origin } as Clinic, browser, { viewport, ...options })
    const account = await openAccount(sql, role)
    await page.context().addCookies([asCookie(await openSession(sql, account), origin)])
    await page.goto(path)
    return page
  }
  return {
    location,
    on,
    /** A time of the day, in UTC. */
    instant,
    address,
    visitTypes,
    doctors,
    sari,
    strange,
    /** Books past every rule: at a time of the day, with Dr. Sari unless another is named. */
    async book(time: string, name: string, doctorId = sari): Promise<number> {
      const patientId = await registerPatient(sql, name)
      const [visitTypeId] = visitTypes
      return insertAppointment(sql, { doctorId, patientId, visitTypeId, startAt: instant(time) })
    },
    async statusOf(id: number): Promise<string> {
      const { rows } = await sql.query('select status from appointments where id = $1', [id])
      return rows[0].status
    },
    /** The wall clock of its start, and with whom. */
    async timeOf(id: number): Promise<string> {
      const { rows } = await sql.query(
        `select to_char(start_at at time zone $2, 'HH24:MI') as time, doctors.name
         from appointments join doctors on doctors.id = doctor_id where appointments.id = $1`,
        [id, timeZone],
      )
      return `${rows[0].time} ${rows[0].name}`
    },
    /** A front desk with its own browser window, at the day. */
    sitDown: (browser: Browser, options?: BrowserContextOptions) =>
      sitDownAs(browser, { role: 'front_desk', name: 'Rina Aulia' }, address, options),
    /** A doctor with their own browser window, at their day. */
    sitDownAsDoctor: (browser: Browser, doctorId: number, options?: BrowserContextOptions) =>
      sitDownAs(browser, { role: 'doctor', doctorId }, `${origin}/desk/mine`, options),
  }
}

export type DeskDay = Awaited<ReturnType<typeof openDeskDay>>
