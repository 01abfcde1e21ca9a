import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openDeskDay } from '../../support/desk-day.ts'
import { fieldsOf, textOf } from '../../support/desk-pages.ts'
import { openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let desk: Awaited<ReturnType<typeof openDeskDay>>
let rina: Awaited<ReturnType<typeof sitDown>>
let dimas: Awaited<ReturnType<typeof sitDown>>

beforeAll(async () => {
  desk = await openDeskDay(clinic)
  rina = await sitDown('Rina Aulia')
  dimas = await sitDown('Dimas Hartono')
})

async function sitDown(name: string) {
  const account = await openAccount(sql, { role: 'front_desk', name })
  const headers = { Cookie: await openSession(sql, account), Origin: origin }
  const open = async (path: string) => (await fetch(origin + path, { headers })).text()
  const send = (path: string, fields: Record<string, string>) =>
    fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' })
  return {
    open,
    send,
    day: () => open(`/desk?location=${desk.location}&view=grid`),
    async book(time: string, who: string): Promise<number> {
      const booked = await send('/desk/book', {
        ...{ patient_id: String(await registerPatient(sql, who)), doctor_id: String(desk.sari) },
        ...{ location_id: String(desk.location), visit_type_id: String(desk.visitTypes[0]) },
        ...{ start_at: `${desk.on}T${time}`, override_reason: 'Asked' },
      })
      expect(booked.status).toBe(303)
      return Number(/#a(\d+)$/.exec(booked.headers.get('Location') ?? '')?.[1])
    },
    move: (id: number, time: string) =>
      send(`/desk/appointments/${id}/move`, {
        ...{ slot: `${desk.sari}/${desk.on}T${time}`, location: String(desk.location) },
        ...{ override_reason: 'Asked' },
      }),
  }
}

/** The toast alone, and its form. */
function toastOn(page: string) {
  const [toast = ''] = /<div class="toast"[\s\S]*?<\/div>/.exec(page) ?? []
  const [, action = ''] = /action="([^"]*)"/.exec(toast) ?? []
  return { text: textOf(toast).trim(), action, fields: fieldsOf(toast, action) }
}
const messagesFor = async (id: number) => {
  const { rows } = await sql.query('select count(*)::int as many from outbox where appointment_id = $1', [id])
  return rows[0].many
}

describe('the undo toast of the day', () => {
  it('takes a booking back before anyone is told', async () => {
    const id = await rina.book('11:00', 'Nadia Putri')
    const page = await rina.day()
    const { text, action, fields } = toastOn(page)
    expect(text).toMatch(/^Booked\. Nadia Putri · Patient will be told at \d\d:\d\d\. Undo Close$/)
    expect(toastOn(await dimas.day()).text).toBe('')
    expect(await messagesFor(id)).toBe(1)
    expect((await rina.send(action, fields)).headers.get('Location')).toMatch(/^\/desk\?.*#a\d+$/)
    expect(await desk.statusOf(id)).toBe('cancelled')
    expect(toastOn(await rina.day()).text).toBe('')
  })

  it('takes a move back, and says so when the time was taken meanwhile', async () => {
    const id = await rina.book('12:00', 'Bagus Santoso')
    await rina.move(id, '13:00')
    const first = toastOn(await rina.day())
    expect(first.text).toContain('Moved. Bagus Santoso')
    await rina.send(first.action, first.fields)
    expect(await desk.timeOf(id)).toBe('12:00 Dr. Sari')
    await rina.move(id, '13:00')
    const second = toastOn(await rina.day())
    await dimas.book('12:00', 'Citra Lestari')
    const refused = await rina.send(second.action, second.fields)
    expect(refused.status).toBe(409)
    expect(textOf(await refused.text())).toContain('The time was taken meanwhile.')
    expect(await desk.timeOf(id)).toBe('13:00 Dr. Sari')
  })

  it('is there after a status change too, and gone when someone else changed it since', async () => {
    const id = await rina.book('14:00', 'Dewi Anggraini')
    await rina.send(`/desk/appointments/${id}/arrival`, {})
    expect(toastOn(await rina.day()).text).toMatch(/^Marked as arrived\. Dewi Anggraini Undo Close$/)
    await dimas.send(`/desk/appointments/${id}/start`, {})
    expect(toastOn(await rina.day()).text).toBe('')
  })

  it('is over with the grace period', async () => {
    await rina.book('15:00', 'Eka Saputra')
    await sql.query('update clinic_settings set grace_seconds = 0')
    expect(toastOn(await rina.day()).text).toBe('')
    await sql.query('update clinic_settings set grace_seconds = 180')
  })
})
