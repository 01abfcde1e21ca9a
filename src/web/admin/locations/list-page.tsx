import type { ManagedLocation } from '../../../clinic/locations/find.ts'
import { cityOf } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { PhoneLink } from '../../ui/phone-link.tsx'
import { AdminLayout } from '../admin-layout.tsx'
import { AdminIcon } from '../icons.tsx'
import { FixTag, ListTable, ListTabs, NothingHere, SearchForm } from '../list-parts.tsx'
import { InUseTag } from '../retirement.tsx'
import { fixesOf, type LocationFilter, locationsIn, tabs } from './filter.ts'

interface LocationsPageProps {
  frame: Frame
  locations: ManagedLocation[]
  filter: LocationFilter
}

/** Every location, with what is missing of each. */
export function LocationsPage({ frame, locations, filter }: LocationsPageProps) {
  const { copy } = frame
  const words = copy.admin.locations
  const { q, show } = filter
  const shown = locationsIn(locations, filter)
  const labels = { all: words.all, open: words.open, retired: words.retired, to_fix: words.toFixTab }
  return (
    <AdminLayout
      frame={frame}
      title={words.title}
      page="locations"
      sub={words.intro}
      actions={
        <a class="btn main" href={paths.newLocation()}>
          <AdminIcon name="plus" /> {words.add}
        </a>
      }
    >
      <SearchForm
        copy={copy}
        title={words.title}
        label={words.search}
        typed={q}
        action={paths.locations()}
        kept={{ show }}
      />
      <ListTabs
        copy={copy}
        label={words.which}
        csv={paths.locationsCsv({ q, show })}
        tabs={tabs.map((tab) => ({
          href: paths.locations({ q, show: tab === 'all' ? '' : tab }),
          label: labels[tab],
          count: locationsIn(locations, { q, show: tab }).length,
          isShown: (show || 'all') === tab,
        }))}
      />
      {shown.length > 0 ? (
        <Table copy={copy} locations={shown} />
      ) : (
        <None copy={copy} isEmpty={locations.length === 0} q={q} />
      )}
    </AdminLayout>
  )
}

function None({ copy, isEmpty, q }: { copy: Copy; isEmpty: boolean; q: string }) {
  const words = copy.admin.locations
  if (isEmpty)
    return (
      <NothingHere title={words.none}>
        <p>{words.noneHint}</p>
      </NothingHere>
    )
  return (
    <NothingHere title={words.notFound(q)}>
      <p>
        <a class="btn" href={paths.locations()}>
          {copy.admin.form.showAll}
        </a>
      </p>
    </NothingHere>
  )
}

function Table({ copy, locations }: { copy: Copy; locations: ManagedLocation[] }) {
  const words = copy.admin.locations
  const { columns } = words
  return (
    <ListTable
      label={words.title}
      heads={[columns.location, columns.phone, columns.timeZone, columns.state, columns.toFix]}
      rows={locations.map((location) => [
        <>
          <a href={paths.location(location.id)}>
            <bdi>{location.name}</bdi>
          </a>
          {location.address && (
            <p class="hint">
              <bdi>{location.address}</bdi>
            </p>
          )}
        </>,
        location.phone ? <PhoneLink phone={location.phone} /> : '–',
        cityOf(location.timeZone),
        <InUseTag isActive={location.isActive} words={{ yes: words.open, no: words.retired }} />,
        <Fixes copy={copy} location={location} />,
      ])}
    />
  )
}

function Fixes({ copy, location }: { copy: Copy; location: ManagedLocation }) {
  const words = copy.admin.locations
  const fixes = fixesOf(location)
  if (fixes.length === 0) return <span class="soft">{words.nothingToFix}</span>
  return (
    <div class="row">
      {fixes.map((field) => (
        <FixTag href={`${paths.location(location.id)}#${field}`}>{words.fixes[field]}</FixTag>
      ))}
    </div>
  )
}
