import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { addDays, type Finder } from '../read-finder.ts'
import { SlotGroups } from '../ui/slot-groups.tsx'
import { SlotForm } from './slot-form.tsx'

interface SlotListProps {
  copy: Copy
  slots: Slot[]
  finder: Finder
  /** The address of the later times; null when these are all. */
  later: string | null
}

/** Free times by day and location, whose clock they show; each is a button that holds it. */
export function SlotList({ copy, slots, finder, later }: SlotListProps) {
  const words = copy.finder
  const firstDay = slots[0]?.startLocal.slice(0, 10)
  return (
    <>
      <div class="heading">
        <h2 id="slots-title" tabindex={-1}>
          {words.title}
        </h2>
        {firstDay && (
          <a
            class="more"
            href={`${paths.booking({ ...finder, view: 'week', from: mondayOf(firstDay) })}#slots`}
          >
            {words.asWeek}
          </a>
        )}
      </div>
      {slots.length === 0 ? (
        <p class="empty card">{words.nothingFree}</p>
      ) : (
        <SlotForm finder={finder}>
          <SlotGroups copy={copy} slots={slots} namesDoctors={!finder.doctor_id} />
        </SlotForm>
      )}
      {later && (
        <nav class="pages" aria-label={words.pages}>
          <a rel="next" href={later}>
            {words.later}
          </a>
        </nav>
      )}
    </>
  )
}

/** The Monday of a date's week, which is how a week is paged whatever day it begins on elsewhere (ISO 8601). */
function mondayOf(date: string): string {
  return addDays(date, -((new Date(date).getUTCDay() + 6) % 7))
}
