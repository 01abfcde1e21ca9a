import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import type { FormState } from '../form/form-state.ts'
import { type FormPart, SettingsForm } from '../form/settings-form.tsx'
import { DoneNote } from '../list-parts.tsx'
import { HistoryLink, Reinstatement } from '../retirement.tsx'
import { visitTypeFields } from './fields.ts'
import { BookingTag } from './list-page.tsx'

interface PageProps {
  frame: Frame
  state: FormState
  formKey: string
  now: Date
}

type Words = Frame['copy']['admin']['visitTypes']

const partsOf = ({ parts }: Words): FormPart[] => [
  { id: 'shown', ...parts.shown, fields: [['name', 'mode'], 'bring', 'preparation'] },
  {
    id: 'length',
    ...parts.length,
    fields: [
      ['minutes', 'capacity'],
      ['bufferBeforeMinutes', 'bufferAfterMinutes'],
    ],
  },
  {
    id: 'online',
    ...parts.online,
    fields: ['bookableOnline', ['noticeMinutes', 'cancellationNoticeMinutes'], ['horizonDays', 'dailyCap']],
  },
  { id: 'approval', ...parts.approval, fields: ['requiresApproval', 'approvalHours'] },
  { id: 'messages', ...parts.messages, fields: ['reminderDays', 'isSilent'] },
  { id: 'needs', ...parts.needs, fields: ['needs'] },
]

export function NewVisitTypePage({ frame, ...form }: PageProps) {
  const { copy } = frame
  const words = copy.admin.visitTypes
  return (
    <AdminLayout
      frame={frame}
      title={words.addTitle}
      page="visitTypes"
      crumb={{ href: paths.visitTypes(), label: words.title }}
    >
      <SettingsForm
        form={{ copy, fields: visitTypeFields, words: words.fields }}
        parts={partsOf(words)}
        action={paths.newVisitType()}
        discard={paths.visitTypes()}
        submit={words.add}
        {...form}
      />
    </AdminLayout>
  )
}

export interface ShownVisitType {
  id: number
  name: string
  booking: Parameters<typeof BookingTag>[0]['booking']
}

interface VisitTypePageProps extends PageProps {
  visitType: ShownVisitType
  done: 'saved' | 'added' | 'reinstated' | null
}

/** One visit type: how it is shown and booked, what it needs, and withdrawing it. */
export function VisitTypePage({ frame, visitType, done, formKey, ...form }: VisitTypePageProps) {
  const { copy } = frame
  const words = copy.admin.visitTypes
  const { id, name, booking } = visitType
  const isActive = booking !== 'withdrawn'
  const withdrawing = (
    <div class="row">
      <a class="btn" href={paths.visitTypeRetirement(id)}>
        {words.withdraw}
      </a>
    </div>
  )
  return (
    <AdminLayout
      frame={frame}
      title={name}
      page="visitTypes"
      crumb={{ href: paths.visitTypes(), label: words.title }}
      sub={<BookingTag copy={copy} booking={booking} />}
      actions={
        <HistoryLink copy={copy} href={paths.settingsHistory({ subject: 'visit_type', key: String(id) })} />
      }
    >
      {done && <DoneNote>{done === 'reinstated' ? words.reinstated : copy.admin.form[done]}</DoneNote>}
      {!isActive && (
        <Reinstatement
          words={{ isRetired: words.isWithdrawn, submit: words.reinstate }}
          action={paths.visitTypeReinstatement(id)}
          formKey={formKey}
        />
      )}
      <SettingsForm
        form={{ copy, fields: visitTypeFields, words: words.fields }}
        parts={[
          ...partsOf(words),
          ...(isActive ? [{ id: 'closing', ...words.parts.closing, fields: [], more: withdrawing }] : []),
        ]}
        action={paths.visitType(id)}
        discard={paths.visitType(id)}
        formKey={formKey}
        {...form}
      />
    </AdminLayout>
  )
}
