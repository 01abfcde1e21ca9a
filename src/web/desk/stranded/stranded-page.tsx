import type { Stranded, StrandedBy, StrandedContent } from '../../../clinic/day/read-stranded-page.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { PhoneLink } from '../../ui/phone-link.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { initialsOf } from '../initials.ts'
import { UndoToast } from '../undo-toast.tsx'
import { Offer } from './offer.tsx'

interface StrandedPageProps {
  frame: Frame
  content: StrandedContent
  formKey: string
}

/** The appointments that lie in time that is no longer open, one by one, with what can be done about each. */
export function StrandedPage({ frame, content, formKey }: StrandedPageProps) {
  const words = frame.copy.desk.stranded
  const { location, locations, count, entries, kept, undoOffer } = content
  const here = paths.stranded({ location: String(location.id) })
  const props = { copy: frame.copy, here, formKey, phone: frame.phone }
  return (
    <DeskLayout
      frame={frame}
      title={words.title}
      tab="stranded"
      strandedCount={count}
      place={{ shown: location, all: locations }}
    >
      <UndoToast frame={frame} offer={undoOffer} />
      <div class="page one">
        <div class="title">
          <h1>{words.title}</h1>
          {count > 0 && <p class="soft">{words.count(count)}</p>}
        </div>
        {count === 0 ? <p class="box">{words.none}</p> : <p class="hint">{words.intro}</p>}
        {entries.map((one) => (
          <Entry {...props} one={one} />
        ))}
        {count > entries.length && <p class="hint">{words.more(count - entries.length)}</p>}
        {kept.length > 0 && <Kept {...props} kept={kept} />}
      </div>
    </DeskLayout>
  )
}

interface EntryProps {
  copy: Copy
  /** The page itself, to come back to. */
  here: string
  formKey: string
  one: Stranded
  /** Of the clinic. */
  phone: string
}

function Entry(props: EntryProps) {
  const { copy, here, formKey, one } = props
  const words = copy.desk.stranded
  return (
    <article class="box" id={`a${one.id}`} aria-labelledby={`name-${one.id}`}>
      <h2 id={`name-${one.id}`}>
        <Name copy={copy} one={one} />
      </h2>
      <p>
        <b class="num">{whenOf(copy, one.startLocal)}</b> · <bdi>{one.doctor}</bdi>
        {one.visitType && ` · ${one.visitType}`} ·{' '}
        {one.phone ? <PhoneLink phone={one.phone} /> : words.noPhone}
      </p>
      <ul>
        {one.why.map((reason) => (
          <li>
            <Icon name="warning" /> {whyOf(copy, reason)}
          </li>
        ))}
        {one.overrideReason && <li>{words.onPurpose(one.overrideReason)}</li>}
      </ul>
      <Times {...props} />
      <Offer {...props} />
      <div class="btns">
        {!one.isSession && (
          <a class="btn" href={paths.deskMove(one.id, { return_to: here })}>
            {words.otherTime}
          </a>
        )}
        <a class="btn" href={`${paths.deskAppointment(one.id, { return_to: here })}`}>
          {words.message}
        </a>
        <form method="post" action={paths.strandedStay(one.id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={here} />
          <button class="btn" type="submit">
            {words.stays}
          </button>
        </form>
      </div>
    </article>
  )
}

/** Each moves the appointment at once. */
function Times({ copy, here, formKey, one }: EntryProps) {
  const words = copy.desk.stranded
  if (one.isSession) return null
  if (one.times.length === 0) return <p class="hint">{words.noTimes}</p>
  return (
    <>
      <p class="hint" id={`times-${one.id}`}>
        {words.nearest}
      </p>
      <div class="slots">
        {one.times.map(({ doctorId, doctor, isOther, startLocal }) => {
          const when = whenOf(copy, startLocal)
          const label = isOther ? words.withDoctor(when, doctor) : when
          return (
            <form method="post" action={paths.deskMove(one.id)}>
              <FormKey value={formKey} />
              <input type="hidden" name="return_to" value={here} />
              <input type="hidden" name="version" value={one.version} />
              <input type="hidden" name="start_at" value={startLocal} />
              <input type="hidden" name="doctor_id" value={doctorId} />
              <button
                class="btn"
                type="submit"
                aria-label={`${words.moveTo(label)}: ${isolate(one.patient ?? '')}`}
              >
                {label}
              </button>
            </form>
          )
        })}
      </div>
    </>
  )
}

function Kept({ copy, here, formKey, kept }: Omit<EntryProps, 'one' | 'phone'> & { kept: Stranded[] }) {
  const words = copy.desk.stranded
  return (
    <details class="box">
      <summary>{words.kept(kept.length)}</summary>
      {kept.map((one) => (
        <form class="btns" method="post" action={paths.strandedReopening(one.id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={here} />
          <span>
            <Name copy={copy} one={one} /> · {whenOf(copy, one.startLocal)} · <bdi>{one.doctor}</bdi> ·{' '}
            {one.why.map((reason) => whyOf(copy, reason)).join('; ')}
          </span>
          <button class="btn" type="submit">
            {words.undo}
            <span class="vh">: {isolate(one.patient ?? '')}</span>
          </button>
        </form>
      ))}
    </details>
  )
}

function Name({ copy, one }: { copy: Copy; one: Stranded }) {
  const name = one.patient === null ? copy.desk.stranded.session : shownName(copy, one.patient)
  return (
    <a href={paths.deskAppointment(one.id)} data-i={initialsOf(name)}>
      <bdi>{name}</bdi>
    </a>
  )
}

const whenOf = ({ language }: Copy, local: string) =>
  `${formatDay(local, language)}, ${formatTime(local, language)}`

function whyOf(copy: Copy, { kind, name, until }: StrandedBy): string {
  const words = copy.desk.stranded
  const why = words.why[kind](name)
  return until ? `${why}, ${words.until(whenOf(copy, until))}` : why
}
