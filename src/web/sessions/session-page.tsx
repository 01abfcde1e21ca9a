import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Session } from '../../clinic/appointments/find-sessions.ts'
import { cityOf } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { TextField, TimeField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientFacts, shownName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface SessionPageProps extends Session {
  frame: Frame
  /** False for doctors. */
  mayChange: boolean
  formKey: string
  refused?: Refused | undefined
  problems?: Partial<Record<SessionField, string>> | undefined
  /** The form as it was filled in. */
  values: Record<SessionField, string>
}

export const sessionFields = ['start_at', 'override_reason', 'reason'] as const
export type SessionField = (typeof sessionFields)[number]

export interface Refused {
  title: string
  reason: string
  /** Those who could not come, by the ids of their appointments. */
  busy: number[]
}

/** For staff: a session, who takes part, and ways to move or cancel it for everyone. */
export function SessionPage(props: SessionPageProps) {
  const { frame, session, participants, mayChange, refused } = props
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
        {mayChange && session.status === 'booked' && <Changes {...props} />}
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
      {participants.map(({ id, patient, status }) => (
        <li>
          <a href={paths.appointment(id)}>
            <bdi>{patient ? shownName(copy, patient.name) : copy.appointments.statuses.pending}</bdi>
          </a>{' '}
          {patient && <PatientFacts copy={copy} patient={patient} />}{' '}
          <span class="status">{copy.appointments.statuses[status]}</span>
        </li>
      ))}
    </ul>
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
