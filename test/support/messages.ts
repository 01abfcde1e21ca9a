import type pg from 'pg'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import type { Message } from '../../src/clinic/messages/message.ts'
import { appointmentOf } from './answers.ts'
import type { Clinic } from './clinic.ts'
import { openAccount } from './people.ts'

type Particulars = Partial<
  Pick<Message, 'kind' | 'state' | 'reason' | 'channel' | 'address' | 'attempts' | 'dueAt' | 'daysBefore'>
> & { accountId?: number; sentAt?: Date; cause?: string }

/** A message to an account about the first event of an appointment that a verb has booked. Due now, unless they say. */
export async function enterMessage(
  sql: pg.Pool,
  appointmentId: number,
  particulars: Particulars = {},
): Promise<number> {
  const {
    kind = 'booked',
    state = 'due',
    dueAt = new Date(),
    cause = `${kind}:${appointmentId}:1`,
  } = particulars
  const accountId = particulars.accountId ?? (await openAccount(sql))
  const { channel = null, address = null, attempts = 0, daysBefore = null } = particulars
  const sentAt = particulars.sentAt ?? (state === 'sent' ? dueAt : null)
  const reason = particulars.reason ?? (['failed', 'skipped'].includes(state) ? 'provider_down' : null)
  const { rows } = await sql.query(
    `with message as (
       insert into messages (
         kind, cause, recipient, account_id, patient_id, state, reason, due_at, try_at, created_at, channel, address, attempts,
         sent_at, days_before
       )
       select
         $1::text, $2::text, 'account:' || $3::bigint, $3::bigint,
         case when $1 <> 'approval_requested' and $1 not like 'staff%' then patient_id end, $4::text, $5::text, $6::timestamptz,
         $6::timestamptz, $6::timestamptz, $7::text, $8::text, $9::smallint, $10::timestamptz, $11::smallint
       from appointments
       where id = $12
       returning id
     )
     insert into message_appointments (message_id, appointment_id, from_event, to_event)
     select id, $12, 1, 1 from message
     returning message_id as id`,
    [
      kind,
      cause,
      accountId,
      state,
      reason,
      dueAt,
      channel,
      address,
      attempts,
      sentAt,
      daysBefore,
      appointmentId,
    ],
  )
  return Number(rows[0].id)
}

interface Booking {
  doctor: number
  patient: number
  /** Each is another day. */
  day: number
  companionIds?: number[]
  now?: Date
}

/** The front desk books half an hour at ten in the morning in Jakarta, in 2031. */
export const bookAt = (clinic: Clinic, { doctor, patient, day, now = new Date(), ...others }: Booking) =>
  appointmentOf(
    bookAppointment(clinic.context({ now }), {
      doctorId: doctor,
      patientId: patient,
      startAt: new Date(Date.UTC(2031, 0, day, 3)).toISOString(),
      endAt: new Date(Date.UTC(2031, 0, day, 3, 30)).toISOString(),
      ...others,
    }),
  )
