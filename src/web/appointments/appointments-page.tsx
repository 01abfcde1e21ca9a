import type { AppointmentsPageContent } from '../../clinic/appointments/read-appointments-page.ts'
import type { Frame } from '../frame.ts'
import { writeKey } from '../page-key.ts'
import { changedPath, paths } from '../paths.ts'
import { SelectField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { AppointmentList } from './appointment-list.tsx'

interface AppointmentsPageProps {
  frame: Frame
  content: AppointmentsPageContent
  isPast: boolean
  /** For the front desk: the chosen location, or empty for all. Null for others, who have no choice. */
  locationId: string | null
}

/** Upcoming appointments, the next one first; or past ones, the latest first. */
export function AppointmentsPage({ frame, content, isPast, locationId }: AppointmentsPageProps) {
  const { copy, here } = frame
  const words = copy.appointments
  const { appointments, locations, next } = content
  const title = locationId === null ? words.title : words.deskTitle
  const view = (when: string) => paths.appointments({ when, ...(locationId && { location_id: locationId }) })
  return (
    <Layout frame={frame} title={title}>
      <div class="lead">
        <h1>{title}</h1>
      </div>
      {locationId !== null && locations.length > 1 && (
        <form class="inline" method="get" action={paths.appointments()}>
          {isPast && <input type="hidden" name="when" value="past" />}
          <SelectField
            name="location_id"
            value={locationId}
            label={copy.finder.where}
            placeholder={copy.finder.anywhere}
            isOptional
            options={locations.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <button class="quiet" type="submit">
            {words.show}
          </button>
        </form>
      )}
      <nav class="tabs" aria-label={title}>
        <a href={view('')} aria-current={isPast ? undefined : 'page'}>
          {words.upcoming}
        </a>
        <a href={view('past')} aria-current={isPast ? 'page' : undefined}>
          {words.past}
        </a>
      </nav>
      <AppointmentList
        copy={copy}
        id="appointments"
        title={isPast ? words.past : words.upcoming}
        hidesTitle
        empty={isPast ? words.nothingPast : words.nothingUpcoming}
        appointments={appointments}
        tellsApart={frame.isStaff === true}
      >
        {next && (
          <nav class="pages" aria-label={words.pages}>
            <a rel="next" href={changedPath(here, { after: writeKey([next.startAt, next.id]) })}>
              {isPast ? words.earlier : words.later}
            </a>
          </nav>
        )}
      </AppointmentList>
      <a class="button" href={paths.booking()}>
        {words.bookOne}
      </a>
    </Layout>
  )
}
