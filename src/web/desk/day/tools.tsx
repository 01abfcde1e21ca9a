import { formatDay } from '../../../i18n/dates.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import { doctorsInView, shownAppointments } from './filter.ts'
import type { DayProps } from './page.ts'
import { countOf, isTodays, nextFreeIn } from './summary.ts'
import { fieldsOf } from './view.ts'
import { ViewMenu } from './view-menu.tsx'

/** The date, how the day stands, and what is done most. */
export function Heading(props: DayProps) {
  const { words, day, view, times, isDesk, frame } = props
  const shown = shownAppointments(day, view)
  const counts = countOf(shown, day)
  const now = countOf(shown.filter(isTodays(day)), day)
  const next = nextFreeIn(doctorsInView(day, view), times.local)
  const location = String(day.location.id)
  const booking = next && {
    doctor_id: String(next.doctorId),
    start_at: next.local,
  }
  return (
    <div class="bar">
      <h1>
        {titleOf(props)} <span class="vh">{words.at(day.location.name)}</span>
      </h1>
      <p class="sum">
        {isToday(props) && (
          <>
            <b>{words.today}</b>
            {' · '}
          </>
        )}
        <b>{counts.all}</b> {words.appointments(counts.all)}
        {isToday(props) && (
          <>
            {' · '}
            <b>{now.arrived}</b> {words.waitingCount}
            {' · '}
            <b>{now.late}</b> {words.lateCount}
          </>
        )}
      </p>
      {isDesk && (
        <div class="btns push">
          {next && booking ? (
            <a class="btn" href={paths.deskBooking({ ...booking, location })} data-key="n">
              {words.nextFree(times.moment(next.local))}
            </a>
          ) : (
            <a class="btn" href={paths.why({ on: view.on ?? day.today.date })}>
              {words.nothingFree}
            </a>
          )}
          <a class="btn" href={paths.newWalkIn({ location, return_to: frame.here })} data-key="w">
            {words.addWalkIn}
          </a>
          <a class="btn main" href={paths.deskBooking({ location, ...(view.on && { on: view.on }) })}>
            {words.book}
          </a>
        </div>
      )}
    </div>
  )
}

const isToday = ({ day }: DayProps) => day.days.some(({ date }) => date === day.today.date)

/** The dates that are shown, with the year when it is another one. */
export function titleOf({ day, times, frame }: DayProps): string {
  const written = (date: string) =>
    date.slice(0, 4) === day.today.date.slice(0, 4)
      ? times.date(date)
      : formatDay(`${date}T00:00`, frame.copy.language)
  const [first, last] = [day.days[0]?.date ?? '', day.days.at(-1)?.date ?? '']
  return first === last ? written(first) : `${written(first)} – ${written(last)}`
}

/** Which days, which columns, and how they look. */
export function Tools(props: DayProps) {
  const { words, view } = props
  const link = (changed: Record<string, string>) => paths.desk(fieldsOf(view, changed))
  return (
    <div class="bar tools">
      <DateLinks {...props} />
      {view.view === 'grid' && (
        <>
          <Choice
            label={words.daysShown}
            options={[
              { label: words.oneDay, href: link({ days: '' }), isChosen: view.days === 1, key: '1' },
              { label: words.threeDays, href: link({ days: '3' }), isChosen: view.days === 3, key: '3' },
              { label: words.week, href: weekOf(props), isChosen: view.days === 7, key: '7' },
            ]}
          />
          <Choice
            label={words.columns}
            options={[
              { label: words.doctors, href: link({ by: '' }), isChosen: view.by === 'doctors' },
              {
                label: words.rooms,
                href: link({ by: 'rooms', doctor: '', ...(view.days === 7 && { days: '' }) }),
                isChosen: view.by === 'rooms',
              },
            ]}
          />
        </>
      )}
      {(view.view === 'list' || view.days === 7 || view.doctorId !== undefined) && (
        <DoctorChoice {...props} />
      )}
      <ViewMenu {...props} />
      <div class="btns push-wide">
        <HideNames {...props} />
        <button type="button" class="btn print" data-print>
          <Icon name="print" /> {words.print}
        </button>
      </div>
    </div>
  )
}

/** A week is one doctor's: the chosen one, or the first. */
function weekOf({ day, view }: DayProps): string {
  const doctor = view.doctorId ?? day.doctors[0]?.id
  return paths.desk(fieldsOf(view, { days: '7', by: '', ...(doctor && { doctor: String(doctor) }) }))
}

function DateLinks({ words, day, view, times }: DayProps) {
  const [first = day.today] = day.days
  const step = day.days.length
  const [before, after] = [shifted(first.date, -step), shifted(first.date, step)]
  const link = (on: string) => paths.desk(fieldsOf(view, { on }))
  const isNow = day.days.some(({ date }) => date === day.today.date)
  return (
    <>
      <nav class="seg" aria-label={words.date}>
        <a href={link(before)} data-key="[">
          <Icon name="previous" />
          <span class="vh">{words.previous(times.date(before))}</span>
        </a>
        <a href={`${link('')}#now`} aria-current={isNow ? 'date' : undefined} data-key="t">
          {words.today}
        </a>
        <a href={link(after)} data-key="]">
          <Icon name="next" />
          <span class="vh">{words.next(times.date(after))}</span>
        </a>
      </nav>
      <form class="jump" method="get" action={paths.desk()}>
        {Object.entries(fieldsOf(view, { on: '' }))
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <label class="vh" for="on">
          {words.goTo}
        </label>
        <input id="on" name="on" type="date" value={first.date} required />
        <button type="submit" class="btn">
          {words.go}
        </button>
      </form>
    </>
  )
}

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

interface Option {
  label: string
  href: string
  isChosen: boolean
  key?: string
}

function Choice({ label, options }: { label: string; options: Option[] }) {
  return (
    <nav class="seg" aria-label={label}>
      {options.map((option) => (
        <a href={option.href} aria-current={option.isChosen ? 'true' : undefined} data-key={option.key}>
          {option.label}
        </a>
      ))}
    </nav>
  )
}

function DoctorChoice({ words, day, view }: DayProps) {
  const all = day.colleagues
  if (all.length < 2) return null
  return (
    <form class="jump" method="get" action={paths.desk()}>
      {Object.entries(fieldsOf(view, { doctor: '' }))
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <label class="vh" for="doctor">
        {words.doctor}
      </label>
      <select id="doctor" name="doctor">
        {view.days !== 7 && <option value="">{words.allDoctors}</option>}
        {all.map(({ id, name }) => (
          <option value={id} selected={id === view.doctorId}>
            {isolate(name)}
          </option>
        ))}
      </select>
      <button type="submit" class="btn">
        {words.show}
      </button>
    </form>
  )
}

/** One press, also without a script: the answer is the same page with initials. */
function HideNames({ words, frame, view }: DayProps) {
  const { hidesNames } = view.preferences
  return (
    <form method="post" action={paths.deskNames()}>
      <input type="hidden" name="return_to" value={frame.here} />
      <input type="hidden" name="hides" value={hidesNames ? '' : '1'} />
      <button type="submit" class="btn tog" aria-pressed={hidesNames ? 'true' : 'false'} data-key="h">
        <Icon name="hide" /> {words.hideNames}
      </button>
    </form>
  )
}
