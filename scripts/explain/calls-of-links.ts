import {
  chooseLinkedMessages,
  chooseMessages,
  findLinkedChoices,
  findOwnChoices,
} from '../../src/clinic/messages/choices.ts'
import { findLinkedAppointment } from '../../src/clinic/messages/find-linked-appointment.ts'
import type { MessageLink } from '../../src/clinic/messages/links.ts'
import { respondToAppointment } from '../../src/clinic/messages/respond.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** What the links in messages lead to, and the choice of messages. */
export const callsOfLinks: Calls[] = [followLinks]

async function followLinks({ cast, as, sql, ...clinic }: Explained, { call, refused }: Recorder) {
  const anyone = clinic.context(as.stranger)
  const { rows } = await sql.query(
    `select id::int, start_at from appointments
     where patient_id = $1 and status = 'booked' and hold_expires_at is null order by start_at desc limit 1`,
    [cast.patientId],
  )
  const recipient = `account:${cast.accountId}`
  const link = (purpose: MessageLink['purpose'], recipient: string): MessageLink => ({
    purpose,
    appointmentId: purpose === 'appointment' ? (rows[0]?.id ?? cast.appointmentId) : null,
    recipient,
    expiresAt: clinic.now,
  })
  const own = link('appointment', recipient)
  await call('an appointment is opened from a message', () => findLinkedAppointment(anyone, own))
  await refused('… from a message to someone else', 'NotFound', () =>
    findLinkedAppointment(anyone, link('appointment', 'patient:999999999')),
  )
  await refused('an answer to a start that was moved', 'moved', () =>
    respondToAppointment({ ...anyone, now: new Date(0) }, own, { startAt: clinic.now }),
  )
  const choices = link('preferences', recipient)
  await call('the choice of messages is opened from a message', () => findLinkedChoices(anyone, choices))
  await call('messages are chosen', () =>
    chooseLinkedMessages(anyone, choices, { wanted: { missed: false }, language: 'id' }),
  )
  await call('… of the actor’s own account', () => findOwnChoices(clinic.context(as.patient)))
  await call('the front desk chooses what it is told', () =>
    chooseMessages(clinic.context(as.desk), { staffWants: 'approvals' }),
  )
}
