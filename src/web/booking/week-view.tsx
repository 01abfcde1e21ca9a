import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Beyond } from '../../clinic/availability/search-slots.ts'
import { cityOf, formatDay } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { addDays, type Finder } from '../read-finder.ts'
import { NothingFree } from '../ui/nothing-free.tsx'
import { SlotButton } from '../ui/slot-groups.tsx'
import { SlotForm } from './slot-form.tsx'

interface WeekViewProps {
  copy: Copy
  slots: Slot[]
  finder: Finder
  /** The first date that was not searched, in a clinic too large for a whole week; undefined when all were. */
  searchedUntil: string | undefined
  beyond: Beyond | undefined
}

/** Seven days side by side, or stacked on a phone; each start once, with the first doctor who is free. */
export function WeekView({ copy, slots, finder, searchedUntil, beyond }: WeekViewProps) {
  const words = copy.finder
  const { from } = finder
  const days = Array.from({ length: 7 }, (_, n) => addDays(from, n))
  const places = new Set(
    slots.map(({ location, timeZone }) => `${location.name}, ${copy.timeIn(cityOf(timeZone))}`),
  )
  const inDays = (days: number) => `${paths.booking({ ...finder, from: addDays(from, days) })}#slots`
  const week = (
    <div class="week">
      {days.map((day) => (
        <Day
          copy={copy}
          day={day}
          slots={slots.filter(({ startLocal }) => startLocal.startsWith(day))}
          namesPlaces={places.size > 1}
          isSearched={!searchedUntil || day < searchedUntil}
        />
      ))}
    </div>
  )
  return (
    <>
      <div class="heading">
        <h2 id="slots-title" tabindex={-1}>
          {words.weekTitle(
            formatDay(`${from}T00:00`, copy.language),
            formatDay(`${addDays(from, 6)}T00:00`, copy.language),
          )}
        </h2>
        <a class="more" href={`${paths.booking({ ...finder, view: '' })}#slots`}>
          {words.asList}
        </a>
      </div>
      {searchedUntil && <p>{words.weekIsCut}</p>}
      {beyond && (
        <NothingFree
          copy={copy}
          beyond={beyond}
          hrefFrom={(from) => `${paths.booking({ ...finder, from })}#slots`}
          form={(button) => <SlotForm finder={finder}>{button}</SlotForm>}
        />
      )}
      {places.size === 1 && <p class="zone">{[...places]}</p>}
      {slots.length > 0 ? <SlotForm finder={finder}>{week}</SlotForm> : week}
      <nav class="pages" aria-label={words.pages}>
        <a rel="prev" href={inDays(-7)}>
          {words.weekBefore}
        </a>
        <a rel="next" href={inDays(7)}>
          {words.nextWeek}
        </a>
      </nav>
    </>
  )
}

interface DayProps {
  copy: Copy
  day: string
  slots: Slot[]
  namesPlaces: boolean
  isSearched: boolean
}

function Day({ copy, day, slots, namesPlaces, isSearched }: DayProps) {
  return (
    <div class="slot-group">
      <h3>{formatDay(`${day}T00:00`, copy.language)}</h3>
      {slots.length === 0 ? (
        <p class="zone">{isSearched ? copy.finder.noneThatDay : copy.finder.notSearched}</p>
      ) : (
        <ul>
          {slots.map((slot) => (
            <li>
              <SlotButton copy={copy} slot={slot}>
                {namesPlaces && <span class="with">{slot.location.name}</span>}
              </SlotButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
