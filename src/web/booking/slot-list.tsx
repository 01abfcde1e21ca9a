import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Beyond } from '../../clinic/availability/search-slots.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { addDays, type Finder } from '../read-finder.ts'
import { NothingFree } from '../ui/nothing-free.tsx'
import { SlotGroups } from '../ui/slot-groups.tsx'
import { SlotForm } from './slot-form.tsx'

interface SlotListProps {
  copy: Copy
  slots: Slot[]
  finder: Finder
  /** The path of the next page, or null on the last one. */
  later: string | null
  beyond: Beyond | undefined
}

export function SlotList({ copy, slots, finder, later, beyond }: SlotListProps) {
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
        <NothingFree
          copy={copy}
          beyond={beyond}
          hrefFrom={(from) => `${paths.booking({ ...finder, from })}#slots`}
          form={(button) => <SlotForm finder={finder}>{button}</SlotForm>}
        />
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

/** The Monday on or before a date; the week view starts on Monday in every language. */
function mondayOf(date: string): string {
  return addDays(date, -((new Date(date).getUTCDay() + 6) % 7))
}
