import { beginSession } from '../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../src/clinic/appointments/change-people.ts'
import { cancelSession, moveSession } from '../../src/clinic/appointments/change-session.ts'
import { confirmAppointment } from '../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../src/clinic/appointments/decline.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { joinSession } from '../../src/clinic/appointments/join-session.ts'
import { lapseRequests } from '../../src/clinic/appointments/lapse-requests.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { reassignAppointment } from '../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { undoLastChange } from '../../src/clinic/appointments/undo-last.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { bookSeries } from '../../src/clinic/series/book.ts'
import { cancelSeries } from '../../src/clinic/series/cancel.ts'
import type { Clinic } from './clinic.ts'

/** Everyone in it is new for each story; the clinic stays. */
export interface Scene {
  clinic: Clinic
  doctors: number[]
  visitTypes: number[]
  patients: number[]
  owners: Actor[]
  staff: Actor[]
  /** The latest appointments, sessions and series. */
  appointments: { id: number; startAt: Date; endAt: Date }[]
  sessions: number[]
  series: { id: number; from: number }[]
}

/** Who acts, what is chosen, and a start within five days, on the hour. */
export interface Act {
  scene: Scene
  now: number
  as(actor: Actor): ClinicContext
  actor: Actor
  patient: number
  other: number
  doctor: number
  visitType: number
  startAt: string
  one: { id: number; startAt: Date; endAt: Date }
}

type Appointments = { id: number; startAt: Date; endAt: Date }
export type Answer = { ok: boolean; appointment?: Appointments }
const reason = 'A story'

/** What can happen. Refusals change nothing. */
export const verbs = {
  book: ({ as, actor, patient: patientId, doctor: doctorId, visitType: visitTypeId, startAt }: Act) =>
    bookAppointment(as(actor), { patientId, doctorId, visitTypeId, startAt }),
  bookByDesk: ({ as, scene, patient, other, doctor: doctorId, startAt, visitType: visitTypeId }: Act) =>
    bookAppointment(as(scene.staff[0] as Actor), {
      ...{ patientId: patient, doctorId, visitTypeId, startAt },
      ...(other !== patient && { companionIds: [other] }),
    }),
  async holdAndBook({
    as,
    actor,
    patient: patientId,
    doctor: doctorId,
    visitType: visitTypeId,
    startAt,
  }: Act) {
    const held = await holdSlot(as(actor), { patientId, doctorId, visitTypeId, startAt })
    return held.ok ? bookHold(as(actor), { holdId: held.appointment.id, patientId }) : held
  },
  reschedule: ({ as, actor, one: { id }, startAt }: Act) => rescheduleAppointment(as(actor), { id, startAt }),
  moveAway: ({ as, scene, one: { id }, startAt }: Act) =>
    rescheduleAppointment(as(scene.staff[0] as Actor), { id, startAt }),
  moveBack: ({ as, scene, one: { id, startAt } }: Act) =>
    rescheduleAppointment(as(scene.staff[1] as Actor), { id, startAt: startAt.toISOString() }),
  cancel: ({ as, actor, one: { id } }: Act) => cancelAppointment(as(actor), { id, reason }),
  approve: ({ as, scene, one: { id } }: Act) => confirmAppointment(as(scene.staff[0] as Actor), id),
  decline: ({ as, scene, one: { id } }: Act) =>
    declineAppointment(as(scene.staff[0] as Actor), { id, reason }),
  async lapse({ as }: Act) {
    await lapseRequests(as({ kind: 'system' }))
    return { ok: true }
  },
  miss: ({ as, scene, one: { id } }: Act) => markNoShow(as(scene.staff[0] as Actor), id),
  undoMissed: ({ as, scene, one: { id } }: Act) => undo(as(scene.staff[0] as Actor), id, 'undo no-show'),
  undoLast: ({ as, scene, one: { id } }: Act) => undoLastChange(as(scene.staff[0] as Actor), { id }),
  reassign: ({ as, scene, one: { id }, patient: patientId }: Act) =>
    reassignAppointment(as(scene.staff[0] as Actor), { id, patientId, reason }),
  changePeople: ({ as, scene, one: { id }, patient, doctor }: Act) =>
    changePeople(as(scene.staff[0] as Actor), { id, companionIds: [patient], colleagueIds: [doctor] }),
  async merge({ as, scene, patient: id, other: intoId }: Act) {
    return mergePatients(as(scene.staff[0] as Actor), { id, intoId, confirmed: true })
  },
  async bookSeries({ as, scene, patient: patientId, doctor: doctorId, startAt }: Act) {
    const rule = { every: 1, unit: 'day', count: 3 } as const
    const [visitTypeId] = scene.visitTypes
    const booked = await bookSeries(as(scene.staff[0] as Actor), {
      patientId,
      doctorId,
      visitTypeId,
      startAt,
      rule,
    })
    if (!booked.ok) return { ok: false }
    scene.series.push({ id: booked.series.id, from: booked.series.appointments[0]?.id ?? 0 })
    return { ok: true, appointment: booked.series.appointments[1] as Appointments }
  },
  async cancelSeries({ as, scene }: Act) {
    const latest = scene.series.at(-1)
    if (!latest) return { ok: false }
    await cancelSeries(as(scene.staff[0] as Actor), { ...latest, scope: 'following', reason })
    return { ok: true }
  },
  async beginSession({ as, scene, doctor: doctorId, startAt }: Act) {
    const visitTypeId = scene.visitTypes[3] ?? 0
    const begun = await beginSession(as(scene.staff[0] as Actor), { doctorId, visitTypeId, startAt })
    if (begun.ok) scene.sessions.push(begun.appointment.id)
    return { ok: begun.ok }
  },
  join: ({ as, scene, actor, patient: patientId }: Act) =>
    joinSession(as(actor), { sessionId: scene.sessions.at(-1) ?? 0, patientId }),
  async moveSession({ as, scene, startAt }: Act) {
    await moveSession(as(scene.staff[0] as Actor), { id: scene.sessions.at(-1) ?? 0, startAt })
    return { ok: true }
  },
  async cancelSession({ as, scene }: Act) {
    await cancelSession(as(scene.staff[0] as Actor), { id: scene.sessions.at(-1) ?? 0, reason })
    return { ok: true }
  },
  none: async () => ({ ok: true }),
} satisfies Record<string, (act: Act) => Promise<Answer>>
