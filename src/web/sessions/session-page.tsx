import type { Appointment } from '../../clinic/appointments/find.ts'
import type { SessionContent } from '../../clinic/appointments/read-session-page.ts'
import type { PatientChoice } from '../../clinic/patients/find.ts'
import { cityOf } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { PatientField, PatientSearch } from '../booking/patient-field.tsx'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Accepted } from '../ui/accepted.tsx'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { TextField, TimeField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientFacts, shownName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface SessionPageProps extends SessionContent {
  frame: Frame
  formKey: string
  /** What was searched for to find a patient. */
  typed?: string | undefined
  refused?: Refused | undefined
  problems?: Partial<Record<SessionField, string>> | undefined
  /** The form as it was filled in. */
  values: Record<SessionField, string>
}

export const sessionFields = ['patient_id', 'capacity', 'start_at', 'override_reason', 'reason'] as const
export type SessionField = (typeof sessionFields)[number]

export interface Refused {
  title: string
  reason: string
  /** Those who could not come, by the ids of their appointments. */
  busy: number[]
}

/** For staff: a session, who takes part, and ways to move or cancel it for everyone. */
export function SessionPage(props: SessionPageProps) {
  const { frame, session, participants, forWhom, refused } = props
  const { copy } = frame
  const words = copy.session
  const title = session.status === 'cancelled' ? words.cancelledTitle : words.title
  return (
    <Layout frame={frame} title={title}>
      <section class="card confirmation">
        <h1>{title}</h1>
        {refused && (
          <Refusal title={refused.title} reason={refused.reason}>
            {refused.busy.length > 0 && (
              <Participants
                copy={copy}
                participants={participants.filter(({ id }) => refused.busy.includes(id))}
              />
            )}
          </Refusal>
        )}
        <AppointmentDetails copy={copy} appointment={session} />
        <h2>{words.participants}</h2>
        <p>{words.places(session.placesTaken, session.capacity ?? 0)}</p>
        {participants.length > 0 && <Participants copy={copy} participants={participants} />}
        {forWhom && session.status === 'booked' && (
          <>
            <Joining {...props} forWhom={forWhom} />
            <Resizing {...props} />
            <Changes {...props} />
          </>
        )}
        <a class="more" href={paths.appointments()}>
          {copy.appointments.allOfDesk}
        </a>
      </section>
    </Layout>
  )
}

function Participants({ copy, participants }: { copy: Copy; participants: Appointment[] }) {
  return (
    <ul class="spaced">
      {participants.map(({ id, patient, status, awaitsApproval, isAccepted }) => (
        <li>
          <a class="more" href={paths.appointment(id)}>
            <bdi>{patient ? shownName(copy, patient.name) : copy.appointments.statuses.pending}</bdi>
          </a>{' '}
          {patient && <PatientFacts copy={copy} patient={patient} />}{' '}
          <span class="status">
            {awaitsApproval ? copy.approval.status : copy.appointments.statuses[status]}
          </span>{' '}
          <Accepted copy={copy} appointment={{ status, isAccepted }} isStaff />
        </li>
      ))}
    </ul>
  )
}

/** Whom to add. A full session says so instead, unless someone is already being added. */
function Joining(props: SessionPageProps & { forWhom: PatientChoice }) {
  const { frame, session, forWhom, formKey, typed, problems = {}, values } = props
  const { copy } = frame
  const words = copy.session
  const isAsked = typed !== undefined || values.patient_id !== '' || problems.patient_id !== undefined
  if (!isAsked && session.placesTaken >= (session.capacity ?? 0)) return null
  return (
    <details open={isAsked}>
      <summary>{words.add}</summary>
      <form method="post" action={paths.sessionParticipants(session.id)}>
        <FormKey value={formKey} />
        <PatientSearch
          copy={copy}
          forWhom={forWhom}
          action={paths.sessionPatientSearch(session.id)}
          typed={typed}
        />
        <PatientField
          copy={copy}
          label={copy.booking.patient}
          forWhom={forWhom}
          field={{ name: 'patient_id', value: values.patient_id, problem: problems.patient_id }}
        />
        <button type="submit">{words.confirmAdd}</button>
      </form>
    </details>
  )
}

function Resizing({ frame: { copy }, session, formKey, problems = {}, values }: SessionPageProps) {
  const words = copy.session
  return (
    <details open={values.capacity !== '' || problems.capacity !== undefined}>
      <summary>{words.resize}</summary>
      <form method="post" action={paths.sessionCapacity(session.id)}>
        <FormKey value={formKey} />
        <TextField
          name="capacity"
          label={words.capacity}
          value={values.capacity || String(session.capacity)}
          problem={problems.capacity}
          inputmode="numeric"
          autocomplete="off"
        />
        <button type="submit">{words.confirmResize}</button>
      </form>
    </details>
  )
}

function Changes({ frame: { copy }, session, formKey, problems = {}, values }: SessionPageProps) {
  const words = copy.session
  const field = (name: SessionField) => ({ name, value: values[name], problem: problems[name] })
  return (
    <>
      <details open={values.start_at !== '' || problems.start_at !== undefined}>
        <summary>{words.move}</summary>
        <form method="post" action={paths.sessionMove(session.id)}>
          <FormKey value={formKey} />
          <p>{words.movesAll}</p>
          <TimeField
            {...field('start_at')}
            label={words.start}
            hint={copy.booking.localTime([cityOf(session.location.timeZone)])}
          />
          <TextField
            {...field('override_reason')}
            label={copy.booking.overrideReason}
            hint={copy.booking.overrideHint}
            autocomplete="off"
            isOptional
          />
          <button type="submit">{words.confirmMove}</button>
        </form>
      </details>
      <details open={problems.reason !== undefined}>
        <summary>{words.cancel}</summary>
        <form method="post" action={paths.sessionCancellation(session.id)}>
          <FormKey value={formKey} />
          <p>{words.cancelsAll}</p>
          <TextField {...field('reason')} label={copy.change.reason} autocomplete="off" />
          <button class="danger" type="submit">
            {words.confirmCancel}
          </button>
        </form>
      </details>
    </>
  )
}
