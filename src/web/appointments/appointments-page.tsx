import type { AppointmentsPageContent } from '../../clinic/appointments/read-appointments-page.ts'
import type { Copy } from '../../i18n/en.ts'
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
  /** For staff: only those that wait for the clinic's approval. */
  awaitsApproval: boolean
  /** For the front desk: the chosen location, or empty for all. Null for others, who have no choice. */
  locationId: string | null
}

/** Upcoming appointments, the next one first; or past ones, the latest first. */
export function AppointmentsPage({
  frame,
  content,
  isPast,
  awaitsApproval,
  locationId,
}: AppointmentsPageProps) {
  const { copy, here } = frame
  const words = copy.appointments
  const { appointments, locations, next } = content
  const shown = shownWords(copy, { isPast, awaitsApproval })
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
      <Tabs {...{ frame, title, isPast, awaitsApproval, view }} />
      <AppointmentList
        copy={copy}
        id="appointments"
        title={shown.title}
        hidesTitle
        empty={shown.empty}
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

type Shown = Pick<AppointmentsPageProps, 'isPast' | 'awaitsApproval'>

function shownWords({ appointments: words, approval }: Copy, { isPast, awaitsApproval }: Shown) {
  if (awaitsApproval) return { title: approval.list, empty: approval.nothing }
  if (isPast) return { title: words.past, empty: words.nothingPast }
  return { title: words.upcoming, empty: words.nothingUpcoming }
}

interface TabsProps extends Shown {
  frame: Frame
  title: string
  view: (when: string) => string
}

function Tabs({ frame, title, isPast, awaitsApproval, view }: TabsProps) {
  const { appointments: words, approval } = frame.copy
  return (
    <nav class="tabs" aria-label={title}>
      <a href={view('')} aria-current={isPast || awaitsApproval ? undefined : 'page'}>
        {words.upcoming}
      </a>
      <a href={view('past')} aria-current={isPast ? 'page' : undefined}>
        {words.past}
      </a>
      {frame.isStaff && (
        <a
          href={paths.appointments({ awaits: 'approval' })}
          aria-current={awaitsApproval ? 'page' : undefined}
        >
          {approval.list}
        </a>
      )}
    </nav>
  )
}
