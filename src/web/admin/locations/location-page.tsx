import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import type { FormState } from '../form/form-state.ts'
import { DoneNote } from '../list-parts.tsx'
import { HistoryLink, InUseTag, Reinstatement } from '../retirement.tsx'
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

interface ShownLocation {
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
      sub={<InUseTag isActive={isActive} words={{ yes: words.open, no: words.retired }} />}
      actions={
        <HistoryLink copy={copy} href={paths.settingsHistory({ subject: 'location', key: String(id) })} />
      }
    >
      {done && <DoneNote>{done === 'reopened' ? words.reopened : copy.admin.form[done]}</DoneNote>}
      {!isActive && (
        <Reinstatement
          words={{ isRetired: words.isRetired, submit: words.reopen }}
          action={paths.locationReopening(id)}
          formKey={formKey}
        />
      )}
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
