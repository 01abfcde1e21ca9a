import type { Child } from 'hono/jsx'
import type { Copy } from '../../../i18n/en.ts'
import type { FormFields } from '../form/fields.ts'
import type { FormState } from '../form/form-state.ts'
import { type FormPart, SettingsForm } from '../form/settings-form.tsx'

interface LocationFormProps {
  copy: Copy
  fields: FormFields
  state: FormState
  /** What the part about the time zone has. */
  clock: Pick<FormPart, 'fields' | 'more'>
  /** The link that closes it for good. */
  closing?: Child
  action: string
  discard: string
  submit?: string
  formKey: string
  now: Date
}

/** The same fields for a new location and for one that exists. */
export function LocationForm({ copy, fields, clock, closing, ...form }: LocationFormProps) {
  const { fields: words, parts } = copy.admin.locations
  return (
    <SettingsForm
      form={{ copy, fields, words, options: { timeZone: timeZones } }}
      parts={[
        { id: 'reached', ...parts.reached, fields: [['name', 'phone'], 'address', 'directions'] },
        { id: 'clock', ...parts.clock, ...clock },
        { id: 'mail', ...parts.mail, fields: [['email', 'wantedMessages']] },
        ...(closing
          ? [{ id: 'closing', ...parts.closing, fields: [], more: <div class="row">{closing}</div> }]
          : []),
      ]}
      {...form}
    />
  )
}

/** PostgreSQL knows these too; one that it does not know, it refuses. */
const timeZones = [...Intl.supportedValuesOf('timeZone'), 'UTC'].map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' ').replaceAll('/', ' / '),
}))
