import type { ManagedLocation } from '../../../clinic/locations/find.ts'
import type { Resource } from '../../../clinic/resources/find.ts'
import { formatClock, formatWeekday } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import type { FormState } from '../form/form-state.ts'
import { SettingsForm } from '../form/settings-form.tsx'
import { DoneNote } from '../list-parts.tsx'
import { HistoryLink, InUseTag, Reinstatement } from '../retirement.tsx'
import { newResourceFields, resourceFields } from './fields.ts'

interface PageProps {
  frame: Frame
  state: FormState
  formKey: string
  now: Date
}

export function NewResourcePage({ frame, locations, ...form }: PageProps & { locations: ManagedLocation[] }) {
  const { copy } = frame
  const { title, addTitle, add, fields: words, parts } = copy.admin.resources
  const options = {
    locationId: locations.map(({ id, name }) => ({ value: String(id), label: name })),
  }
  return (
    <AdminLayout
      frame={frame}
      title={addTitle}
      page="resources"
      crumb={{ href: paths.resources(), label: title }}
    >
      <SettingsForm
        form={{ copy, fields: newResourceFields, words, options }}
        parts={[
          {
            id: 'what',
            ...parts.what,
            fields: [
              ['name', 'type'],
              ['kind', 'sortOrder'],
            ],
          },
          { id: 'where', ...parts.where, fields: ['locationId'] },
        ]}
        action={paths.newResource()}
        discard={paths.resources()}
        submit={add}
        {...form}
      />
    </AdminLayout>
  )
}

export interface ShownResource {
  id: number
  name: string
  type: Resource['type']
  isActive: boolean
  hours: { weekday: number; opens_at: string; closes_at: string }[]
}

interface ResourcePageProps extends PageProps {
  resource: ShownResource
  done: 'saved' | 'added' | 'reinstated' | null
}

/** One room or device: what it is called and used for, its hours, and taking it out of use. */
export function ResourcePage({ frame, resource, done, formKey, ...form }: ResourcePageProps) {
  const { copy } = frame
  const words = copy.admin.resources
  const { parts } = words
  const { id, name, isActive } = resource
  return (
    <AdminLayout
      frame={frame}
      title={name}
      page="resources"
      crumb={{ href: paths.resources(), label: words.title }}
      sub={
        <>
          <InUseTag isActive={isActive} words={{ yes: words.inUse, no: words.retired }} />{' '}
          <span class="small">{words.types[resource.type]}</span>
        </>
      }
      actions={
        <HistoryLink copy={copy} href={paths.settingsHistory({ subject: 'resource', key: String(id) })} />
      }
    >
      {done && <DoneNote>{done === 'reinstated' ? words.reinstated : copy.admin.form[done]}</DoneNote>}
      {!isActive && (
        <Reinstatement
          words={{ isRetired: words.isRetired, submit: words.reinstate }}
          action={paths.resourceReinstatement(id)}
          formKey={formKey}
        />
      )}
      <SettingsForm
        form={{ copy, fields: resourceFields, words: words.fields }}
        parts={[
          { id: 'what', ...parts.what, fields: ['name', ['kind', 'sortOrder']] },
          { id: 'hours', ...parts.hours, fields: [], more: <Hours copy={copy} hours={resource.hours} /> },
          ...(isActive
            ? [{ id: 'closing', ...parts.closing, fields: [], more: <Retire copy={copy} id={id} /> }]
            : []),
        ]}
        action={paths.resource(id)}
        discard={paths.resource(id)}
        formKey={formKey}
        {...form}
      />
    </AdminLayout>
  )
}

function Retire({ copy, id }: { copy: Copy; id: number }) {
  return (
    <div class="row">
      <a class="btn" href={paths.resourceRetirement(id)}>
        {copy.admin.resources.retire}
      </a>
    </div>
  )
}

function Hours({ copy, hours }: { copy: Copy; hours: ShownResource['hours'] }) {
  const { language } = copy
  if (hours.length === 0) return <p>{copy.admin.resources.always}</p>
  const clock = (time: string) => formatClock(time.slice(0, 5), language)
  return (
    <ul>
      {hours.map(({ weekday, opens_at, closes_at }) => (
        <li>
          <b>{formatWeekday(weekday, language)}</b> {clock(opens_at)}–{clock(closes_at)}
        </li>
      ))}
    </ul>
  )
}
