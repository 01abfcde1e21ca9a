import type { DetailedVisitType } from '../../../clinic/availability/find-visit-types.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { AdminIcon } from '../icons.tsx'
import { ListTable, ListTabs, NothingHere, SearchForm, Tag } from '../list-parts.tsx'
import { Needs } from './needs.tsx'

const shows = ['all', 'online', 'desk', 'withdrawn'] as const

export interface VisitTypeFilter {
  q: string
  /** One of `shows`, or empty for all. */
  show: string
}

type Booking = Exclude<(typeof shows)[number], 'all'>

export function bookingOf({
  isActive,
  bookableOnline,
}: Pick<DetailedVisitType, 'isActive' | 'bookableOnline'>): Booking {
  if (!isActive) return 'withdrawn'
  return bookableOnline ? 'online' : 'desk'
}

/** A clinic has few, so all are read, and the filter counts them. */
export const visitTypesIn = (all: DetailedVisitType[], { q, show }: VisitTypeFilter): DetailedVisitType[] =>
  all
    .filter((one) => !show || show === 'all' || bookingOf(one) === show)
    .filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))

interface VisitTypesPageProps {
  frame: Frame
  visitTypes: DetailedVisitType[]
  filter: VisitTypeFilter
}

/** Every visit type, by name. */
export function VisitTypesPage({ frame, visitTypes, filter }: VisitTypesPageProps) {
  const { copy } = frame
  const words = copy.admin.visitTypes
  const { q, show } = filter
  const shown = visitTypesIn(visitTypes, filter)
  const isEmpty = visitTypes.length === 0
  return (
    <AdminLayout
      frame={frame}
      title={words.title}
      page="visitTypes"
      sub={words.intro}
      actions={
        <a class="btn main" href={paths.newVisitType()}>
          <AdminIcon name="plus" /> {words.add}
        </a>
      }
    >
      <SearchForm
        copy={copy}
        title={words.title}
        label={words.search}
        typed={q}
        action={paths.visitTypes()}
        kept={{ show }}
      />
      <ListTabs
        copy={copy}
        label={words.which}
        csv={paths.visitTypesCsv({ q, show })}
        tabs={shows.map((tab) => ({
          href: paths.visitTypes({ q, show: tab === 'all' ? '' : tab }),
          label: words.tabs[tab],
          count: visitTypesIn(visitTypes, { q, show: tab }).length,
          isShown: (show || 'all') === tab,
        }))}
      />
      {shown.length > 0 ? (
        <Table copy={copy} visitTypes={shown} />
      ) : (
        <NothingHere title={isEmpty ? words.none : words.notFound}>
          <p>
            {isEmpty ? (
              words.noneHint
            ) : (
              <a class="btn" href={paths.visitTypes()}>
                {copy.admin.form.showAll}
              </a>
            )}
          </p>
        </NothingHere>
      )}
    </AdminLayout>
  )
}

function Table({ copy, visitTypes }: { copy: Copy; visitTypes: DetailedVisitType[] }) {
  const words = copy.admin.visitTypes
  const { columns } = words
  return (
    <ListTable
      label={words.title}
      heads={[columns.name, columns.length, columns.mode, columns.booking, columns.needs]}
      rows={visitTypes.map((one) => [
        <a href={paths.visitType(one.id)}>
          <bdi>{one.name}</bdi>
        </a>,
        words.minutes(one.minutes),
        words.fields.mode?.options?.[one.mode],
        <BookingTag copy={copy} booking={bookingOf(one)} />,
        <Needs copy={copy} needs={one.needs} />,
      ])}
    />
  )
}

/** Who can book it. */
export function BookingTag({ copy, booking }: { copy: Copy; booking: Booking }) {
  const words = copy.admin.visitTypes
  if (booking === 'withdrawn') return <Tag icon="off">{words.withdrawn}</Tag>
  if (booking === 'desk')
    return (
      <Tag icon="people" look="info">
        {words.desk}
      </Tag>
    )
  return (
    <Tag icon="check" look="good">
      {words.online}
    </Tag>
  )
}
