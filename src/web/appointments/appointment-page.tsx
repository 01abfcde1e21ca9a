import type { Appointment } from '../../clinic/appointments/find.ts'
import type { AppointmentPageContent } from '../../clinic/messages/read-appointment-page.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { ThreadSection } from '../messages/thread-section.tsx'
import { paths } from '../paths.ts'
import { Accepted } from '../ui/accepted.tsx'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { AppointmentLinks } from '../ui/appointment-links.tsx'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { ApprovalNote, Decide } from './approval.tsx'
import { VisitTypeForm } from './visit-type-form.tsx'

interface AppointmentPageProps extends AppointmentPageContent {
  frame: Frame
  now: Date
  /** The front desk can cancel at any time, and must give a reason. */
  isDesk: boolean
  /** False for doctors. */
  mayChange: boolean
  formKey: string
  /** What was refused, unless it was the cancellation or the decision, and why. */
  refusedTitle?: string | undefined
  refused?: string | undefined
  /** What is wrong with the reason, or with the visit type. */
  problem?: string | undefined
  typeProblem?: string | undefined
}

export function AppointmentPage(props: AppointmentPageProps) {
  const { frame, appointment, mayChange, isDesk, refused } = props
  const { copy } = frame
  const words = copy.change
  const { awaitsApproval, status } = appointment
  const title = titleOf(frame, appointment)
  const decides = frame.isStaff && awaitsApproval
  const refusedTitle = props.refusedTitle ?? (decides ? copy.approval.refused : words.notCancelled)
  return (
    <Layout frame={frame} title={title}>
      <section class="card confirmation">
        <h1>{title}</h1>
        {refused && <Refusal title={refusedTitle} reason={refused} />}
        <ApprovalNote copy={copy} appointment={appointment} isStaff={frame.isStaff} now={props.now} />
        <Accepted copy={copy} appointment={appointment} isStaff={frame.isStaff} />
        <AppointmentDetails copy={copy} appointment={appointment} tellsApart={frame.isStaff} />
        <ForStaff {...props} />
        {appointment.seriesId && (
          <a class="more" href={paths.series(appointment.seriesId)}>
            {copy.series.partOf(appointment.seriesSize ?? 1)}
          </a>
        )}
        <AppointmentLinks copy={copy} appointment={appointment} isForStaff={frame.isStaff} />
        {decides && (
          <Decide copy={copy} appointment={appointment} formKey={props.formKey} problem={props.problem} />
        )}
        {mayChange && (status === 'booked' || awaitsApproval) && <Changes {...props} />}
        <VisitTypeForm copy={copy} {...props} problem={props.typeProblem} />
        {isDesk && (status !== 'pending' || awaitsApproval) && (
          <a class="more" href={paths.reassignment(appointment.id)}>
            {copy.reassign.link}
          </a>
        )}
        <a class="more" href={paths.appointments()}>
          {frame.isStaff ? copy.appointments.allOfDesk : copy.appointments.all}
        </a>
      </section>
      <Thread {...props} />
    </Layout>
  )
}

/** What was written about it for the clinic's own people, and the way to where they work with it. */
function ForStaff({ frame: { copy, isStaff }, appointment, cancelReason }: AppointmentPageProps) {
  if (!isStaff) return null
  const words = copy.desk.appointment.facts
  const written = [
    [words.override, appointment.overrideReason],
    [words.cancelledBecause, cancelReason],
    [words.note, appointment.note],
  ] as const
  return (
    <>
      <dl>
        {written.map(
          ([name, text]) =>
            text && (
              <>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </>
            ),
        )}
      </dl>
      <a class="button" href={paths.deskAppointment(appointment.id)}>
        {copy.change.openAtDesk}
      </a>
    </>
  )
}

function Thread({ frame, thread, appointment, isDesk }: AppointmentPageProps) {
  if (!thread) return null
  return (
    <ThreadSection
      copy={frame.copy}
      thread={thread}
      timeZone={appointment.location.timeZone}
      returnTo={isDesk ? paths.appointment(appointment.id) : null}
    />
  )
}

function titleOf({ copy, isStaff }: Frame, { awaitsApproval, status }: Appointment): string {
  const { change, approval, confirmation } = copy
  if (awaitsApproval) return isStaff ? approval.status : approval.title
  if (status !== 'booked') return confirmation.titles[status]
  return isStaff ? change.titleForStaff : change.title
}

function Changes(props: AppointmentPageProps) {
  const { frame, appointment, now, isDesk } = props
  const words = frame.copy.change
  const { visitType, startAt } = appointment
  const notice = visitType?.cancellationNoticeMinutes ?? 0
  if (!isDesk && !appointment.awaitsApproval && startAt.getTime() - notice * 60_000 <= now.getTime())
    return <p>{words.tooLate}</p>
  return (
    <>
      {!isDesk && appointment.status === 'booked' && <p class="hint">{words.until(notice)}</p>}
      {appointment.sessionId !== null && <p class="hint">{frame.copy.session.callToMove}</p>}
      {appointment.sessionId === null && (isDesk || visitType) && (
        <a
          class="button"
          href={
            isDesk
              ? paths.deskMove(appointment.id)
              : paths.otherTimes(appointment.id, sameSearch(appointment))
          }
        >
          {words.move}
        </a>
      )}
      {/* Staff decline what waits for them. */}
      {!(frame.isStaff && appointment.awaitsApproval) && <Cancel {...props} />}
    </>
  )
}

function Cancel({ frame, appointment, isDesk, formKey, problem }: AppointmentPageProps) {
  const words = frame.copy.change
  return (
    <details open={problem !== undefined}>
      <summary>{words.cancel}</summary>
      <form method="post" action={paths.cancellation(appointment.id)}>
        <FormKey value={formKey} />
        <p>{words.freesTime}</p>
        <TextField
          name="reason"
          label={isDesk ? words.reason : words.reasonIfAny}
          value=""
          autocomplete="off"
          isOptional={!isDesk}
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
