import type { ResourcesContent } from '../../../clinic/availability/read-resources-page.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import type { Frame } from '../../frame.ts'
import { writeListKey } from '../../page-key.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { AdminIcon } from '../icons.tsx'
import { ListTable, ListTabs, NothingHere, SearchForm } from '../list-parts.tsx'
import { InUseTag } from '../retirement.tsx'

const shows = ['all', 'room', 'device', 'retired'] as const

interface ResourceFilter {
  q: string
  /** A location's id, or empty for all. */
  location: string
  /** One of `shows`, or empty for all. */
  show: string
}

interface ResourcesPageProps {
  frame: Frame
  content: ResourcesContent
  filter: ResourceFilter
}

/** Every room and device, by name. */
export function ResourcesPage({ frame, content, filter }: ResourcesPageProps) {
  const { copy } = frame
  const words = copy.admin.resources
  const { q, location, show } = filter
  const { resources, locations, next } = content
  return (
    <AdminLayout
      frame={frame}
      title={words.title}
      page="resources"
      sub={words.intro}
      actions={
        <a class="btn main" href={paths.newResource()}>
          <AdminIcon name="plus" /> {words.add}
        </a>
      }
    >
      <SearchForm
        copy={copy}
        title={words.title}
        label={words.search}
        typed={q}
        action={paths.resources()}
        kept={{ show }}
      >
        <div class="field">
          <label for="location">{words.location}</label>
          <select id="location" name="location">
            <option value="">{words.everyLocation}</option>
            {locations.map(({ id, name }) => (
              <option value={id} selected={String(id) === location}>
                {isolate(name)}
              </option>
            ))}
          </select>
        </div>
      </SearchForm>
      <ListTabs
        copy={copy}
        label={words.which}
        csv={paths.resourcesCsv({ q, location, show })}
        tabs={shows.map((tab) => ({
          href: paths.resources({ q, location, show: tab === 'all' ? '' : tab }),
          label: words.tabs[tab],
          isShown: (show || 'all') === tab,
        }))}
      />
      {resources.length > 0 ? <Table copy={copy} content={content} /> : <None copy={copy} filter={filter} />}
      {next && (
        <p>
          <a
            class="btn"
            rel="next"
            href={paths.resources({ q, location, show, after: writeListKey([next.name, next.id]) })}
          >
            {words.next}
          </a>
        </p>
      )}
    </AdminLayout>
  )
}

function None({ copy, filter }: { copy: Copy; filter: ResourceFilter }) {
  const words = copy.admin.resources
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <NothingHere title={isFiltered ? words.notFound : words.none}>
      {isFiltered ? (
        <p>
          <a class="btn" href={paths.resources()}>
            {copy.admin.form.showAll}
          </a>
        </p>
      ) : (
        <p>{words.noneHint}</p>
      )}
    </NothingHere>
  )
}

function Table({ copy, content: { resources, locations } }: { copy: Copy; content: ResourcesContent }) {
  const words = copy.admin.resources
  const { columns } = words
  const nameOf = (locationId: number) => locations.find(({ id }) => id === locationId)?.name
  return (
    <ListTable
      label={words.title}
      heads={[columns.resource, columns.type, columns.kind, columns.location, columns.hours, columns.state]}
      rows={resources.map((resource) => [
        <a href={paths.resource(resource.id)}>
          <bdi>{resource.name}</bdi>
        </a>,
        words.types[resource.type],
        <bdi>{resource.kind}</bdi>,
        <bdi>{nameOf(resource.locationId)}</bdi>,
        resource.hours.length === 0 ? words.always : words.some,
        <InUseTag isActive={resource.isActive} words={{ yes: words.inUse, no: words.retired }} />,
      ])}
    />
  )
}
