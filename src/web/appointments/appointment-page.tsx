import type { Appointment } from '../../clinic/appointments/find.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { AppointmentLinks } from '../ui/appointment-links.tsx'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { ApprovalNote } from './approval.tsx'

interface AppointmentPageProps {
  frame: Frame
  appointment: Appointment
  now: Date
  /** False for accounts that only act for someone who comes along. */
  mayChange: boolean
  formKey: string
  /** Why it was not cancelled. */
  refused?: string | undefined
  /** What is wrong with the reason. */
  problem?: string | undefined
}

/** A patient's appointment. Staff have theirs at the front desk. */
export function AppointmentPage(props: AppointmentPageProps) {
  const { frame, appointment, mayChange, refused, now } = props
  const { copy } = frame
  const { awaitsApproval, status } = appointment
  const title = titleOf(frame, appointment)
  return (
    <Layout frame={frame} title={title}>
      <section class="card confirmation">
        <h1>{title}</h1>
        {refused && <Refusal title={copy.change.notCancelled} reason={refused} />}
        <ApprovalNote copy={copy} appointment={appointment} now={now} />
        <AppointmentDetails copy={copy} appointment={appointment} />
        {appointment.seriesId && (
          <a class="more" href={paths.series(appointment.seriesId)}>
            {copy.series.partOf(appointment.seriesSize ?? 1)}
          </a>
        )}
        <AppointmentLinks copy={copy} appointment={appointment} />
        {mayChange && (status === 'booked' || awaitsApproval) && <Changes {...props} />}
        <a class="more" href={paths.appointments()}>
          {copy.appointments.all}
        </a>
      </section>
    </Layout>
  )
}

function titleOf({ copy }: Frame, { awaitsApproval, status }: Appointment): string {
  const { change, approval, confirmation } = copy
  if (awaitsApproval) return approval.title
  return status === 'booked' ? change.title : confirmation.titles[status]
}

function Changes(props: AppointmentPageProps) {
  const { frame, appointment, now } = props
  const words = frame.copy.change
  const { visitType, startAt, sessionId } = appointment
  const notice = visitType?.cancellationNoticeMinutes ?? 0
  if (!appointment.awaitsApproval && startAt.getTime() - notice * 60_000 <= now.getTime())
    return <p>{words.tooLate}</p>
  return (
    <>
      {appointment.status === 'booked' && <p class="hint">{words.until(notice)}</p>}
      {sessionId !== null && <p class="hint">{frame.copy.session.callToMove}</p>}
      {sessionId === null && visitType && (
        <a class="button" href={paths.otherTimes(appointment.id, sameSearch(appointment))}>
          {words.move}
        </a>
      )}
      <Cancel {...props} />
    </>
  )
}

function Cancel({ frame, appointment, formKey, problem }: AppointmentPageProps) {
  const words = frame.copy.change
  return (
    <details open={problem !== undefined}>
      <summary>{words.cancel}</summary>
      <form method="post" action={paths.cancellation(appointment.id)}>
        <FormKey value={formKey} />
        <p>{words.freesTime}</p>
        <TextField
          name="reason"
          label={words.reasonIfAny}
          value=""
          autocomplete="off"
          isOptional
          problem={problem}
        />
        <button class="danger" type="submit">
          {words.confirmCancel}
        </button>
      </form>
    </details>
  )
}

/** Starts with the same doctor and visit type. */
function sameSearch({ visitType, doctor }: Appointment): Record<string, string> {
  return { visit_type_id: String(visitType?.id ?? ''), doctor_id: String(doctor.id) }
}
