import type { WalkIn } from '../../../clinic/walk-ins/read-walk-in-pages.ts'
import { formatTime } from '../../../i18n/dates.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { initialsOf } from '../initials.ts'
import { PrintButton } from '../print-button.tsx'
import { Say } from '../say.tsx'

interface WalkInPageProps {
  frame: Frame
  walkIn: WalkIn
  /** Where the patient can follow the queue. */
  address: string
  returnTo: string
  formKey: string
  refused?: { title: string; reason: string; nextLocal?: string | undefined } | undefined
}

/** One walk-in: their place in the queue, the slip to print for them, and what can be done. */
export function WalkInPage(props: WalkInPageProps) {
  const { frame, walkIn, address, returnTo, refused } = props
  const { copy } = frame
  const words = copy.desk.walkIns
  const title = words.number(walkIn.number)
  return (
    <DeskLayout frame={frame} title={title}>
      <div class="page one">
        <p class="crumb">
          <a href={returnTo}>
            <Icon name="previous" />
            {words.backToDay}
          </a>
        </p>
        <div class="title">
          <h1>{title}</h1>
          <span class="pill">{words.states[walkIn.state]}</span>
        </div>
        {refused && (
          <Say title={refused.title} reason={refused.reason}>
            {refused.nextLocal && <Book {...props} startLocal={refused.nextLocal} />}
          </Say>
        )}
        <div class="split">
          <div class="stack">
            <Facts {...props} />
            <Acts {...props} />
          </div>
          <section class="box slip" aria-labelledby="slip-title">
            <h2 id="slip-title">{words.slip}</h2>
            <p class="soft">{walkIn.location}</p>
            <p>{words.numberLabel}</p>
            <p class="t">{walkIn.number}</p>
            <p class="hint">{words.slipHint}</p>
            <p>
              <a href={address}>{address.replace(/^https?:\/\//, '')}</a>
            </p>
            <PrintButton copy={copy} />
          </section>
        </div>
      </div>
    </DeskLayout>
  )
}

function Facts({ frame: { copy }, walkIn }: WalkInPageProps) {
  const words = copy.desk.walkIns
  const name = shownName(copy, walkIn.patient.name)
  const { expectedLocal, expectedDoctor, ahead } = walkIn
  return (
    <section class="box">
      <dl class="facts">
        <dt>{words.patient}</dt>
        <dd>
          <a href={paths.patient(walkIn.patient.id)} data-i={initialsOf(name)}>
            <bdi>{name}</bdi>
          </a>
        </dd>
        <dt>{words.wants}</dt>
        <dd>
          {walkIn.visitType}, {walkIn.doctor ? words.withDoctor(walkIn.doctor) : words.anyDoctor}
        </dd>
        <dt>{words.since}</dt>
        <dd>{formatTime(walkIn.cameLocal, copy.language)}</dd>
        {ahead !== null && (
          <>
            <dt>{words.aheadLabel}</dt>
            <dd>{words.ahead(ahead)}</dd>
          </>
        )}
        {(walkIn.state === 'waiting' || expectedLocal) && (
          <>
            <dt>{words.expected}</dt>
            <dd>
              {expectedLocal
                ? words.expectedAt(formatTime(expectedLocal, copy.language), expectedDoctor?.name ?? '')
                : words.nothingFree}
            </dd>
          </>
        )}
      </dl>
      {walkIn.appointmentId !== null && (
        <a class="btn" href={paths.deskAppointment(walkIn.appointmentId)}>
          {words.openAppointment}
        </a>
      )}
    </section>
  )
}

function Acts(props: WalkInPageProps) {
  const { frame, walkIn, returnTo } = props
  const words = frame.copy.desk.walkIns
  if (walkIn.state === 'left') {
    return (
      <form class="btns" method="post" action={paths.walkInReturn(walkIn.id)}>
        <input type="hidden" name="return_to" value={returnTo} />
        <button class="btn main" type="submit">
          {words.undo}
        </button>
      </form>
    )
  }
  if (walkIn.state !== 'waiting') return null
  return (
    <section class="box">
      <div class="btns">
        {walkIn.expectedLocal && <Book {...props} startLocal={walkIn.expectedLocal} isMain />}
        <form method="post" action={paths.walkInRemoval(walkIn.id)}>
          <input type="hidden" name="return_to" value={returnTo} />
          <button class="btn" type="submit">
            {words.left}
          </button>
        </form>
      </div>
      <p class="hint">{words.bookHint}</p>
      <details class="drop">
        <summary class="btn">{words.otherTime}</summary>
        <form method="post" action={paths.walkInBooking(walkIn.id)}>
          <FormKey value={props.formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <input type="hidden" name="doctor_id" value={walkIn.expectedDoctor?.id ?? ''} />
          <div class="field">
            <label for="start_at">{words.time}</label>
            <input
              id="start_at"
              name="start_at"
              type="datetime-local"
              required
              value={walkIn.expectedLocal ?? walkIn.nowLocal}
            />
          </div>
          <button class="btn main" type="submit">
            {words.bookNow}
          </button>
        </form>
      </details>
    </section>
  )
}

function Book({
  frame: { copy },
  walkIn,
  returnTo,
  formKey,
  startLocal,
  isMain = false,
}: WalkInPageProps & { startLocal: string; isMain?: boolean }) {
  return (
    <form method="post" action={paths.walkInBooking(walkIn.id)}>
      <FormKey value={formKey} />
      <input type="hidden" name="return_to" value={returnTo} />
      <input type="hidden" name="start_at" value={startLocal} />
      <input type="hidden" name="doctor_id" value={walkIn.expectedDoctor?.id ?? ''} />
      <button class={isMain ? 'btn main' : 'btn'} type="submit">
        {copy.desk.walkIns.book(formatTime(startLocal, copy.language))}
      </button>
    </form>
  )
}
