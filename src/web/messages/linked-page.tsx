import type { LinkedAppointment } from '../../clinic/messages/find-linked-appointment.ts'
import type { ResponseRefusal } from '../../clinic/messages/respond.ts'
import { cityOf, formatDay, formatSpan } from '../../i18n/dates.ts'
import { ApprovalNote } from '../appointments/approval.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { AppointmentLinks } from '../ui/appointment-links.tsx'
import { Layout } from '../ui/layout.tsx'
import { shownName } from '../ui/patient-name.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface LinkedPageProps {
  frame: Frame
  linked: LinkedAppointment
  token: string
  now: Date
  /** Why "Yes, I'll come" was not recorded. */
  refusal?: ResponseRefusal | undefined
}

/** The page that a message links to: one appointment, without signing in. */
export function LinkedPage({ frame, linked, token, now, refusal }: LinkedPageProps) {
  const { copy } = frame
  const words = copy.messageLink
  const { appointment, toldBefore } = linked
  const isOwn = appointment.patient?.id === linked.ownPatientId
  const shown = {
    ...appointment,
    visitType: linked.namesVisitType ? appointment.visitType : null,
    patient: isOwn ? null : appointment.patient,
  }
  const title = titleOf(frame, linked)
  const isToCome = appointment.status === 'booked' && appointment.startAt > now
  return (
    <Layout frame={frame} title={title}>
      <section class="card confirmation">
        <h1>{title}</h1>
        {refusal && <Refusal title={words.notConfirmed} reason={words.refused[refusal]} />}
        <ApprovalNote copy={copy} appointment={appointment} now={now} />
        {isToCome && toldBefore && (
          <div class="notice">
            <p>
              {words.moved}{' '}
              <s>
                {formatDay(toldBefore.startLocal, copy.language)}, {formatSpan(toldBefore, copy.language)}
              </s>{' '}
              <span class="zone">{copy.timeIn(cityOf(toldBefore.location.timeZone))}</span>
            </p>
          </div>
        )}
        {isToCome && <Answer {...{ frame, linked, token }} />}
        <AppointmentDetails copy={copy} appointment={shown} />
        <Instructions {...{ frame, linked }} />
        <AppointmentLinks copy={copy} appointment={appointment} calendar={paths.messageLinkCalendar(token)} />
        <Next {...{ frame, linked, isToCome }} />
      </section>
    </Layout>
  )
}

function titleOf({ copy }: Frame, { appointment, ownPatientId }: LinkedAppointment): string {
  const { status, awaitsApproval, patient } = appointment
  if (awaitsApproval) return copy.approval.title
  if (status !== 'booked') return copy.confirmation.titles[status]
  return patient?.id === ownPatientId ? copy.change.title : copy.change.titleOfOthers
}

/** The button to say that they will come, or that they have said so. */
function Answer({ frame: { copy }, linked, token }: Pick<LinkedPageProps, 'frame' | 'linked' | 'token'>) {
  const words = copy.messageLink
  const { appointment, ownPatientId, isCompanion } = linked
  const { patient, isAccepted, startAt } = appointment
  const other = patient && patient.id !== ownPatientId ? shownName(copy, patient.name) : null
  if (isAccepted)
    return (
      <p class="notice" role="status">
        <span>
          <span aria-hidden="true">✓ </span>
          {other === null ? words.thanks : words.thanksFor(other)}
        </span>
      </p>
    )
  if (isCompanion) return null
  return (
    <form method="post" action={paths.messageLinkAnswer(token)}>
      <input type="hidden" name="start_at" value={startAt.toISOString()} />
      <button type="submit">{other === null ? words.yes : words.yesFor(other)}</button>
    </form>
  )
}

/** What the clinic wants people to know before they come. */
function Instructions({ frame: { copy }, linked }: Pick<LinkedPageProps, 'frame' | 'linked'>) {
  const words = copy.messageLink
  const { directions, bring, preparation, appointment } = linked
  const mode = appointment.visitType?.mode ?? 'in_person'
  const told = [
    [words.how, mode === 'in_person' ? null : words.modes[mode]],
    [words.findUs, mode === 'in_person' ? directions : null],
    [words.bring, bring],
    [words.prepare, preparation],
  ].filter(([, text]) => text)
  if (told.length === 0 || !['booked', 'pending'].includes(appointment.status)) return null
  return (
    <dl>
      {told.map(([name, text]) => (
        <>
          <dt>{name}</dt>
          <dd class="as-written">{text}</dd>
        </>
      ))}
    </dl>
  )
}

/** How to change it, or to book another, or whom to call. */
function Next({
  frame,
  linked,
  isToCome,
}: Pick<LinkedPageProps, 'frame' | 'linked'> & { isToCome: boolean }) {
  const { copy } = frame
  const words = copy.messageLink
  const { appointment, hasAccount, isCompanion } = linked
  const mayChange = (isToCome || appointment.awaitsApproval) && !isCompanion
  const showsPhone = appointment.status === 'booked' && appointment.location.phone !== null
  const callsToChange = mayChange && !hasAccount
  return (
    <>
      {mayChange && hasAccount && (
        <>
          <a class="button quiet" href={paths.appointment(appointment.id)}>
            {words.change}
          </a>
          <p class="hint">{words.changeHint}</p>
        </>
      )}
      {['cancelled', 'noshow'].includes(appointment.status) && (
        <a class="button" href={paths.booking()}>
          {copy.appointments.bookOne}
        </a>
      )}
      {(callsToChange || !showsPhone) && (
        <p>
          {callsToChange ? words.callToChange : words.call}{' '}
          <PhoneLink phone={appointment.location.phone ?? frame.phone} />
        </p>
      )}
    </>
  )
}
