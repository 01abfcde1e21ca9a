import type { Child } from 'hono/jsx'
import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Beyond } from '../../clinic/availability/search-slots.ts'
import { toSlotValue } from '../../http/slot-value.ts'
import { cityOf, formatDay, formatTimeAt, withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

interface NothingFreeProps {
  copy: Copy
  /** Undefined when later days of the window have yet to be searched. */
  beyond: Beyond | undefined
  /** The same search from a date on. */
  hrefFrom: (date: string) => string
  /** Puts the button that chooses the time into its form. */
  form: (button: Child) => Child
}

/** Instead of an empty list: the first free time after it. */
export function NothingFree({ copy, beyond, hrefFrom, form }: NothingFreeProps) {
  const words = copy.finder
  if (!beyond) return <p class="empty card">{words.nothingFreeYet}</p>
  const { slot, searchedUntil } = beyond
  if (slot) return <FirstAfter copy={copy} slot={slot} hrefFrom={hrefFrom} form={form} />
  if (!searchedUntil) return <p class="empty card">{words.nothingAtAll}</p>
  const date = searchedUntil.toISOString().slice(0, 10)
  return (
    <div class="empty card stack">
      <p>{words.nothingBefore(formatDay(`${date}T00:00`, copy.language))}</p>
      <From copy={copy} date={date} hrefFrom={hrefFrom} />
    </div>
  )
}

function FirstAfter({ copy, slot, hrefFrom, form }: Omit<NothingFreeProps, 'beyond'> & { slot: Slot }) {
  const words = copy.finder
  const { startAt, startLocal, timeZone, doctor, location } = slot
  const when = `${formatDay(startLocal, copy.language)}, ${formatTimeAt(startLocal, startAt, timeZone, copy.language)}`
  return (
    <div class="empty card stack">
      <p>
        {words.nothingFree} {words.firstAfter}{' '}
        <strong>
          <time datetime={startAt.toISOString()}>{when}</time>
        </strong>{' '}
        {copy.appointments.with} <bdi>{doctor.name}</bdi>.{' '}
        <span class="zone">
          {location.name}, {copy.timeIn(cityOf(timeZone))}
        </span>
      </p>
      {form(
        <button type="submit" name="slot" value={toSlotValue(doctor.id, withOffset(startLocal, startAt))}>
          {words.choose(when)}
        </button>,
      )}
      <From copy={copy} date={startLocal.slice(0, 10)} hrefFrom={hrefFrom} />
    </div>
  )
}

function From({ copy, date, hrefFrom }: Pick<NothingFreeProps, 'copy' | 'hrefFrom'> & { date: string }) {
  return (
    <p>
      <a class="more" href={hrefFrom(date)}>
        {copy.finder.timesFrom(formatDay(`${date}T00:00`, copy.language))}
      </a>
    </p>
  )
}
