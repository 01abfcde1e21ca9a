import { findEvents } from '../../src/clinic/appointments/find-events.ts'
import { type HoldSlot, holdSlot } from '../../src/clinic/appointments/hold.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { desk } from './actors.ts'
import { appointmentOf } from './answers.ts'
import { openClinic } from './clinic.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from './people.ts'

/** A clinic without a Worker, on a Monday in Jakarta: `now` is on its wall clock. Open it at the top of the file. */
export async function openMondayClinic(now = '08:00') {
  const clinic = await openClinic({ worker: false })
  const { sql } = clinic
  const visitTypeId = await defineVisitType(sql)

  const at = (time: string) => `2026-11-23T${time}`
  const minutesLater = (minutes: number) => new Date(Date.parse(`${at(now)}+07:00`) + minutes * 60_000)

  /** Who acts, how many minutes from now, and in which browser. */
  const as = (actor = desk, minutes = 0, browserId?: string, network = `network of ${browserId}`) =>
    clinic.context({
      actor,
      now: minutesLater(minutes),
      ...(browserId && { browser: { id: browserId, addressHash: network } }),
    })

  function hold(ctx: ClinicContext, wish: Partial<HoldSlot> & { startAt: string }) {
    return appointmentOf(holdSlot(ctx, { visitTypeId, ...wish }))
  }

  /** Holds ten o'clock with a new doctor, for a new patient unless `holder` acts. */
  async function holdTen(wish: Partial<HoldSlot> = {}, holder?: Actor, browserId?: string) {
    const [doctorId, patientId] = [wish.doctorId ?? (await hireDoctor(sql)), await registerPatient(sql)]
    const actor = holder ?? (await openPatient(sql, [patientId]))
    const held = await hold(as(actor, 0, browserId), { startAt: at('10:00'), ...wish, doctorId })
    return { held, holdId: held.id, doctorId, patientId, actor }
  }

  const statusOf = async (id: number) =>
    (await sql.query('select status from appointments where id = $1', [id])).rows[0].status
  const kindsOf = async (id: number) => (await findEvents(as(), id)).map(({ kind }) => kind)

  return { clinic, sql, visitTypeId, at, minutesLater, as, hold, holdTen, statusOf, kindsOf }
}
