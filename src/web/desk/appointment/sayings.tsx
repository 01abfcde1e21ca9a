import type { EventKind } from '../../../clinic/events.ts'
import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDay, formatLately, formatSpan, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import { Say } from '../say.tsx'
import { eventWords, whoDid } from './event-words.ts'
import { addressOf, DeskForm, labelOf, PressButton, type Target } from './press-form.tsx'
import { pressesFor, type Said } from './said.ts'
import { statusWord } from './status-pill.tsx'

interface SayingProps extends DeskAppointmentContent {
  copy: Copy
  now: Date
  target: Target
  said: Said
}

/** What must be said about what was just done, or not done. */
export function Sayings(props: SayingProps) {
  const { said, undo } = props
  if (said.changed) return <Changed {...props} changed={said.changed} />
  if (said.notUndone) return <NotUndone {...props} />
  if (said.typeRefused) return <TypeRefused {...props} refusal={said.typeRefused.refusal} />
  if (said.refused) return <Refused {...props} />
  if (!undo?.isFresh || !undo.isOwn || undo.verdict !== null) return null
  return undo.kind === 'appointment.cancelled' ? <Cancelled {...props} /> : <Toast {...props} />
}

/** *Now* beside *You wanted*: nothing was overwritten, and nothing is repeated without being asked. */
function Changed({ changed, ...props }: SayingProps & { changed: NonNullable<Said['changed']> }) {
  const { copy, appointment, history, target, nowLocal, now } = props
  const words = copy.desk.appointment.changed
  const last = history.at(-1)
  const status = statusWord(copy, props, now)
  const isOffered = pressesFor(appointment, props).includes(changed.press)
  return (
    <section
      class="say"
      id="changed"
      role="alert"
      tabindex={-1}
      autofocus
      aria-labelledby="changed-title"
      aria-describedby="changed-reason"
    >
      <h2 id="changed-title">
        <Icon name="warning" />
        {words.title}
      </h2>
      <p id="changed-reason">{words.notMade}</p>
      <div class="two">
        <div>
          <h3>{words.now}</h3>
          <p>
            <b>{status}</b>
            <br />
            {formatDay(appointment.startLocal, copy.language)}, {formatSpan(appointment, copy.language)},{' '}
            <bdi>{appointment.doctor.name}</bdi>
            {last && (
              <>
                <br />
                {eventWords(copy, last)} · {whoDid(copy, last)},{' '}
                {formatLately(last.atLocal, nowLocal, copy.language)}
              </>
            )}
          </p>
        </div>
        <div>
          <h3>{words.wanted}</h3>
          <p>
            <b>{changed.text}</b>
            <br />
            {words.asOpened}
          </p>
        </div>
      </div>
      <div class="btns">
        <a class="btn main" href={paths.deskAppointment(appointment.id)}>
          {words.keep(status)}
        </a>
        {isOffered && changed.press !== 'cancellation' && (
          <PressButton
            copy={copy}
            press={changed.press}
            target={target}
            label={words.again(labelOf(copy, changed.press))}
          />
        )}
      </div>
    </section>
  )
}

function Refused({ copy, said }: SayingProps) {
  const words = copy.desk.appointment.refused
  const refusal = said.refused?.refusal
  if (!refusal || refusal === 'stale') return null
  return <Say title={words.title} reason={words.reasons[refusal]} />
}

function TypeRefused({
  copy: { desk },
  refusal,
}: SayingProps & { refusal: NonNullable<Said['typeRefused']>['refusal'] }) {
  const words = desk.appointment.visitType
  const reasons = { ...desk.reasons, ...words.refused }
  return <Say title={words.notChanged} reason={reasons[refusal]} />
}

function NotUndone({ copy, said, undo }: SayingProps) {
  const words = copy.desk.appointment
  const did = undo && words.did[undo.kind]
  const title = did ? words.undone.title(did.replace(/\.$/, '')) : words.refused.title
  return <Say title={title} reason={said.notUndone ? words.refused.undo[said.notUndone] : ''} />
}

function Cancelled({ copy, history, toldLocal, target, patient, appointment }: SayingProps) {
  const words = copy.desk.appointment
  const reason = history.findLast(({ kind }) => kind === 'appointment.cancelled')?.reason
  const told = toldLocal && words.toldUnlessUndone(formatTime(toldLocal, copy.language))
  return (
    <section class="say" id="cancelled" tabindex={-1} aria-labelledby="cancelled-title">
      <h2 id="cancelled-title">
        <Icon name="cancelled" />
        {words.cancelledTitle}
      </h2>
      <p role="status">
        {reason && words.reasonWas(reason.replace(/\.$/, ''))} {words.isFree} {told}
      </p>
      <DeskForm action={addressOf('undo', target.id)} target={target} press="undo" look="btns">
        <button class="btn" type="submit">
          {words.actions.undo}
        </button>
        {patient && (
          <a class="btn bare" href={paths.deskBooking(sameAgain(appointment, patient.id))}>
            {words.actions.bookAgain}
          </a>
        )}
      </DeskForm>
    </section>
  )
}

function Toast({ copy, undo, toldLocal, target }: SayingProps) {
  const words = copy.desk.appointment
  const did = undo && words.did[undo.kind]
  if (!did) return null
  return (
    <div class="toast" id="undo" role="status" data-for={`${target.id}.${target.version}`}>
      <span>
        <b>{did}</b> {toldLocal && isTold(undo.kind) && words.tellsAt(formatTime(toldLocal, copy.language))}
      </span>
      <DeskForm action={addressOf('undo', target.id)} target={target} press="undo">
        <button type="submit">{words.actions.undo}</button>
      </DeskForm>
    </div>
  )
}

/** Whoever is here knows. */
export const isTold = (kind: EventKind) =>
  !['appointment.arrived', 'appointment.started', 'appointment.fulfilled', 'appointment.walked_in'].includes(
    kind,
  )

/** For booking the same again. */
export function sameAgain(
  { visitType, doctor, location }: DeskAppointmentContent['appointment'],
  patientId: number,
): Record<string, string> {
  return {
    patient_id: String(patientId),
    doctor_id: String(doctor.id),
    location_id: String(location.id),
    ...(visitType && { visit_type_id: String(visitType.id) }),
  }
}
