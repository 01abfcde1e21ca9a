import type { AppointmentsAhead } from '../../../clinic/availability/find-ahead.ts'
import type { Copy } from '../../../i18n/en.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { AheadTable } from '../ahead-table.tsx'
import type { FormState } from '../form/form-state.ts'
import { AdminIcon } from '../icons.tsx'
import { DoneNote, Tag } from '../list-parts.tsx'
import { locationFields, newLocationFields } from './fields.ts'
import { LocationForm } from './location-form.tsx'

interface PageProps {
  frame: Frame
  state: FormState
  formKey: string
  now: Date
}

export function NewLocationPage({ frame, ...form }: PageProps) {
  const { copy } = frame
  const words = copy.admin.locations
  return (
    <AdminLayout
      frame={frame}
      title={words.addTitle}
      page="locations"
      crumb={{ href: paths.locations(), label: words.title }}
    >
      <LocationForm
        copy={copy}
        fields={newLocationFields}
        clock={{ fields: ['timeZone'] }}
        action={paths.newLocation()}
        discard={paths.locations()}
        submit={words.add}
        {...form}
      />
    </AdminLayout>
  )
}

export interface ShownLocation {
  id: number
  name: string
  timeZone: string
  isActive: boolean
}

interface LocationPageProps extends PageProps {
  location: ShownLocation
  /** What was just done. */
  done: 'saved' | 'added' | 'reopened' | null
}

/** One location: what patients and messages say of it, its clock, and closing it for good. */
export function LocationPage({ frame, location, done, formKey, ...form }: LocationPageProps) {
  const { copy } = frame
  const words = copy.admin.locations
  const { id, name, timeZone, isActive } = location
  return (
    <AdminLayout
      frame={frame}
      title={name}
      page="locations"
      crumb={{ href: paths.locations(), label: words.title }}
      sub={<State copy={copy} isActive={isActive} />}
      actions={
        <a class="btn text" href={paths.settingsHistory({ subject: 'location', key: String(id) })}>
          {copy.admin.form.history}
        </a>
      }
    >
      {done && <DoneNote>{done === 'reopened' ? words.reopened : copy.admin.form[done]}</DoneNote>}
      {!isActive && <Reopening copy={copy} id={id} formKey={formKey} />}
      <LocationForm
        copy={copy}
        fields={locationFields}
        clock={{ fields: [], more: <p>{timeZone}</p> }}
        closing={
          isActive && (
            <a class="btn" href={paths.locationRetirement(id)}>
              {words.retire}
            </a>
          )
        }
        action={paths.location(id)}
        discard={paths.location(id)}
        formKey={formKey}
        {...form}
      />
    </AdminLayout>
  )
}

function State({ copy, isActive }: { copy: Copy; isActive: boolean }) {
  const words = copy.admin.locations
  return isActive ? (
    <Tag icon="check" look="good">
      {words.open}
    </Tag>
  ) : (
    <Tag icon="off">{words.retired}</Tag>
  )
}

function Reopening({ copy, id, formKey }: { copy: Copy; id: number; formKey: string }) {
  const words = copy.admin.locations
  return (
    <form class="note" method="post" action={paths.locationReopening(id)}>
      <FormKey value={formKey} />
      <AdminIcon name="off" />
      <div>
        <p>{words.isRetired}</p>
        <p>
          <button class="btn" type="submit">
            {words.reopen}
          </button>
        </p>
      </div>
    </form>
  )
}

interface RetirementPageProps {
  frame: Frame
  location: ShownLocation
  version: number
  ahead: AppointmentsAhead
  formKey: string
}

/** Before a location is closed for good: who has to be called. */
export function LocationRetirementPage({ frame, location, version, ahead, formKey }: RetirementPageProps) {
  const { copy } = frame
  const words = copy.admin.locations
  return (
    <AdminLayout
      frame={frame}
      title={words.retireTitle(location.name)}
      page="locations"
      crumb={{ href: paths.location(location.id), label: location.name }}
      sub={words.retireWhat}
    >
      <AheadTable copy={copy} ahead={ahead} />
      <form class="row" method="post" action={paths.locationRetirement(location.id)}>
        <FormKey value={formKey} />
        <input type="hidden" name="version" value={version} />
        <button class="btn main" type="submit">
          {words.retireNow}
        </button>
        <a class="btn" href={paths.location(location.id)}>
          {words.keepOpen}
        </a>
      </form>
    </AdminLayout>
  )
}
