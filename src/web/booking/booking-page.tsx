import type { Offers } from '../../clinic/appointments/read-booking-page.ts'
import type { SearchedSlots, SearchSlots, SlotKey } from '../../clinic/availability/search-slots.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import type { Finder, FinderFaults } from '../read-finder.ts'
import { Layout } from '../ui/layout.tsx'
import { DoctorHours } from './doctor-hours.tsx'
import { SlotFinder } from './slot-finder.tsx'
import { SlotList } from './slot-list.tsx'
import { WeekView } from './week-view.tsx'

interface BookingPageProps {
  frame: Frame
  content: Offers
  finder: Finder
  finderFaults: FinderFaults
}

/** The page for everyone. `insertPrivateParts` fills the empty elements with an id for one visitor. */
export function BookingPage({ frame, content, finder, finderFaults }: BookingPageProps) {
  const { copy } = frame
  const { found } = content
  return (
    <Layout frame={frame} title={copy.booking.title}>
      <div id="notice" />
      <div class="lead">
        <h1>{copy.booking.title}</h1>
        <p>{copy.booking.intro}</p>
      </div>
      <div class="columns">
        <div class="stack">
          <SlotFinder
            copy={copy}
            choices={content}
            finder={finder}
            faults={inWords(copy, found ? searchFaults(found) : finderFaults)}
          />
          <section
            class="slots"
            id="slots"
            aria-labelledby={found ? 'slots-title' : undefined}
            data-own-time={isRemote(content, finder) ? copy.finder.yourTime('{}') : undefined}
          >
            {found?.ok === false && found.refusal === 'not_offered' && (
              <p class="empty card" id="slots-title" tabindex={-1}>
                {copy.finder.notOffered}
              </p>
            )}
            {found?.ok && <Times copy={copy} found={found} finder={finder} />}
          </section>
          <div id="signed-in" />
        </div>
        {!content.isMoreDoctors && (
          <DoctorHours copy={copy} doctors={content.doctors} chosen={finder.doctor_id} />
        )}
      </div>
    </Layout>
  )
}

/** For calls, a script adds the visitor's own time; the cached page is the same in every time zone. */
function isRemote({ visitTypes }: Offers, { visit_type_id }: Finder): boolean {
  const mode = visitTypes.find(({ id }) => String(id) === visit_type_id)?.mode
  return mode === 'phone' || mode === 'video'
}

interface TimesProps {
  copy: Copy
  found: Extract<SearchedSlots, { ok: true }>
  finder: Finder
}

function Times({ copy, found, finder }: TimesProps) {
  if (finder.view === 'week') {
    const searchedUntil = found.next?.startAt.toISOString().slice(0, 10)
    return (
      <WeekView
        copy={copy}
        slots={found.slots}
        finder={finder}
        searchedUntil={searchedUntil}
        beyond={found.beyond}
      />
    )
  }
  return (
    <SlotList
      copy={copy}
      slots={found.slots}
      finder={finder}
      later={found.next && laterPath(finder, found.next)}
      beyond={found.beyond}
    />
  )
}

function laterPath(finder: Finder, { startAt, load, doctorId, locationId }: SlotKey): string {
  return `${paths.booking({ ...finder, after: writeKey([startAt, load, doctorId, locationId]) })}#slots`
}

function searchFaults(found: SearchedSlots): FinderFaults {
  const faults: Partial<Record<keyof SearchSlots, Fault>> = 'faults' in found ? found.faults : {}
  const { to, ...others } = faults
  return snakeKeys(to ? { ...others, from: to } : others)
}

function inWords(copy: Copy, faults: FinderFaults): Partial<Record<keyof Finder, string>> {
  return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, copy.faults[fault]]))
}
