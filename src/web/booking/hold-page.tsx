import type { Appointment } from '../../clinic/appointments/find.ts'
import type { PatientChoice } from '../../clinic/patients/find.ts'
import { cityOf, formatTimeAt } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { PatientField, PatientSearch } from './patient-field.tsx'
import { TooManyAppointments } from './too-many.tsx'

/** What the visitor entered, and what is wrong with it. */
export interface HoldProblems {
  status?: 409 | 422
  patientId?: string
  /** What the front desk searched for to find the patient. */
  typed?: string
  reason?: string
  refused?:
    | 'not_your_patient'
    | 'patient_busy'
    | 'too_many_appointments'
    | 'patient_inactive'
    | 'phone_needed'
  patient?: string
  tooLong?: string
}

interface HoldPageProps {
  frame: Frame
  hold: Appointment
  /** Null for visitors who have to sign in first. */
  forWhom: PatientChoice | null
  isDesk: boolean
  problems: HoldProblems
  now: Date
}

export function HoldPage({ frame, hold, forWhom, isDesk, problems, now }: HoldPageProps) {
  const { copy } = frame
  const words = copy.hold
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card confirmation">
        <p class="hint">{words.step(forWhom ? 3 : 2, 3)}</p>
        <h1>{words.title}</h1>
        {problems.refused && (
          <Refusal title={words.notBooked} reason={copy.refused.reasons[problems.refused]}>
            {problems.refused === 'too_many_appointments' && (
              <TooManyAppointments copy={copy} phone={frame.phone} />
            )}
            {problems.refused === 'phone_needed' && <a href={paths.ownRecords()}>{copy.record.addPhone}</a>}
          </Refusal>
        )}
        <Timer copy={copy} hold={hold} now={now} />
        <AppointmentDetails copy={copy} appointment={hold} tellsApart={frame.isStaff} />
        {forWhom ? (
          <Confirm {...{ copy, hold, forWhom, isDesk, problems }} />
        ) : (
          <SignIn copy={copy} hold={hold} />
        )}
        <div class="aside">
          {canExtend(hold) && (
            <form method="post" action={paths.holdExtension(hold.id)}>
              <button class="quiet" type="submit">
                {words.extend}
              </button>
            </form>
          )}
          <form method="post" action={paths.holdRelease(hold.id)}>
            <button class="quiet" type="submit">
              {words.changeTime}
            </button>
          </form>
        </div>
      </section>
    </Layout>
  )
}

/** A hold can be extended once, and every change raises the version. */
const canExtend = ({ version }: Appointment) => version === 1

/** When the hold ends; with a script also the time left, announced only when little is left. */
function Timer({ copy, hold, now }: { copy: Copy; hold: Appointment; now: Date }) {
  const words = copy.hold
  const { holdExpiresAt, holdExpiresLocal, location } = hold
  const { timeZone } = location
  const time =
    holdExpiresAt && holdExpiresLocal
      ? formatTimeAt(holdExpiresLocal, holdExpiresAt, timeZone, copy.language)
      : ''
  return (
    <div
      class="timer"
      data-until={holdExpiresAt?.toISOString()}
      data-now={now.toISOString()}
      data-soon={words.almostOver(canExtend(hold))}
    >
      <p>{words.until(time, copy.timeIn(cityOf(timeZone)))}</p>
      <p class="left" hidden>
        {words.timeLeft} <strong />
      </p>
      <p class="aloud" role="status" />
      <p class="over" hidden>
        {words.ranOut}
      </p>
    </div>
  )
}

function SignIn({ copy, hold }: { copy: Copy; hold: Appointment }) {
  return (
    <form method="post" action={paths.signIn()}>
      <p>{copy.hold.signIn}</p>
      <TextField name="email" type="email" label={copy.signIn.email} value="" autocomplete="email" />
      <input type="hidden" name="return_to" value={paths.hold(hold.id)} />
      <button type="submit">{copy.signIn.sendCode}</button>
    </form>
  )
}

interface ConfirmProps {
  copy: Copy
  hold: Appointment
  forWhom: PatientChoice
  isDesk: boolean
  problems: HoldProblems
}

function Confirm({ copy, hold, forWhom, isDesk, problems }: ConfirmProps) {
  const words = copy.hold
  const here = paths.hold(hold.id)
  return (
    <form method="post" action={here}>
      <PatientSearch
        copy={copy}
        forWhom={forWhom}
        action={paths.holdSearch(hold.id)}
        typed={problems.typed}
      />
      <PatientField
        copy={copy}
        label={words.forWhom}
        forWhom={forWhom}
        field={{ name: 'patient_id', value: problems.patientId ?? '', problem: problems.patient }}
      />
      <a class="more" href={isDesk ? paths.newPatient(here) : paths.dependants(here)}>
        {isDesk ? copy.newPatient.link : words.someoneElse}
      </a>
      <TextField
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        value={problems.reason ?? ''}
        autocomplete="off"
        isOptional
        problem={problems.tooLong}
      />
      <button type="submit">{words.confirm}</button>
    </form>
  )
}
