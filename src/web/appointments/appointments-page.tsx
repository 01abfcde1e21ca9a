import type { AppointmentsPageContent, When } from '../../clinic/appointments/read-appointments-page.ts'
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
  when: When
  /** For staff: only those that wait for the clinic's approval. */
  awaitsApproval: boolean
  /** For the front desk: the chosen location, or empty for all. Null for others, who have no choice. */
  locationId: string | null
}

/** Appointments to come, past ones or cancelled ones. */
export function AppointmentsPage({
  frame,
  content,
  when,
  awaitsApproval,
  locationId,
}: AppointmentsPageProps) {
  const { copy, here } = frame
  const words = copy.appointments
  const { appointments, locations, next } = content
  const shown = shownWords(copy, { when, awaitsApproval })
  const title = frame.isStaff ? shown.deskTitle : words.title
  const view = (when: string) => paths.appointments({ when, ...(locationId && { location_id: locationId }) })
  return (
    <Layout frame={frame} title={title}>
      <div class="lead">
        <h1>{title}</h1>
      </div>
      {locationId !== null && locations.length > 1 && (
        <form class="inline" method="get" action={paths.appointments()}>
          {when !== 'upcoming' && <input type="hidden" name="when" value={when} />}
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
      <Tabs {...{ frame, title, when, awaitsApproval, view }} />
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
              {when === 'past' ? words.earlier : words.later}
            </a>
          </nav>
        )}
      </AppointmentList>
      <a class="button" href={frame.isStaff ? paths.deskBooking() : paths.booking()}>
        {words.bookOne}
      </a>
    </Layout>
  )
}

type Shown = Pick<AppointmentsPageProps, 'when' | 'awaitsApproval'>

function shownWords({ appointments: words, approval }: Copy, { when, awaitsApproval }: Shown) {
  if (awaitsApproval) return { title: approval.list, deskTitle: approval.list, empty: approval.nothing }
  return { title: words[when], deskTitle: words.deskTitles[when], empty: words.nothing[when] }
}

interface TabsProps extends Shown {
  frame: Frame
  title: string
  view: (when: string) => string
}

function Tabs({ frame, title, when, awaitsApproval, view }: TabsProps) {
  const { appointments: words, approval } = frame.copy
  const views = ['upcoming', 'past', 'cancelled'] as const
  return (
    <nav class="tabs" aria-label={title}>
      {views.map((name) => (
        <a
          href={view(name === 'upcoming' ? '' : name)}
          aria-current={name === when && !awaitsApproval ? 'page' : undefined}
        >
          {words[name]}
        </a>
      ))}
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
