import type { MessageKind } from './content.ts'

const ofEveryone = [
  'when',
  'start_day',
  'start_time',
  'time_zone',
  'doctor_name',
  'location_name',
  'location_phone',
  'visit_type',
] as const
const ofPatients = [...ofEveryone, 'patient_first_name', 'whose_appointment'] as const
const ofVisits = [
  ...ofPatients,
  'location_address',
  'directions',
  'bring',
  'preparation',
  'change_link',
] as const
const ofStaff = [...ofEveryone, 'patient_name', 'staff_link'] as const

/** What the text of each kind may name in braces. The names are the same in every language. */
export const fieldsOf = {
  requested: ofVisits,
  booked: ofVisits,
  declined: [...ofPatients, 'reason', 'rebook_link'],
  lapsed: [...ofPatients, 'rebook_link'],
  moved: [...ofVisits, 'old_when', 'who', 'reason'],
  cancelled: [...ofPatients, 'who', 'reason', 'rebook_link'],
  reminder: [...ofVisits, 'in_days', 'confirm_link'],
  missed: [...ofPatients, 'rebook_link'],
  approval_requested: ofStaff,
  staff_booked: [...ofStaff, 'who'],
  staff_moved: [...ofStaff, 'old_when', 'who', 'reason'],
  staff_cancelled: [...ofStaff, 'who', 'reason'],
} as const satisfies Record<MessageKind, readonly string[]>

export type MessageField = (typeof fieldsOf)[MessageKind][number]
export type LinkField = Extract<MessageField, `${string}_link`>

export const isLink = (field: MessageField): field is LinkField => field.endsWith('_link')

const fieldNames: readonly MessageField[] = [...new Set(Object.values(fieldsOf).flat())]

export const isField = (name: string): name is MessageField =>
  (fieldNames as readonly string[]).includes(name)

/** Without these a message is of no use: what it is about, and how to change that. */
export function requiredFieldsOf(kind: MessageKind): MessageField[] {
  const fields: readonly MessageField[] = fieldsOf[kind]
  const link = (['change_link', 'rebook_link'] as const).filter((field) => fields.includes(field))
  return kind === 'missed' ? link : ['when', ...link]
}

/** A text with its fields in braces. Those of email have a subject; it is empty elsewhere. */
export interface MessageText {
  subject: string
  body: string
}

/** A piece of a text: as it is written, or a field. */
export type TextPart = { text: string } | { field: MessageField }

/** Takes a text apart. What is no field stays as it is written. */
export function partsOf(text: string): TextPart[] {
  return text.split(/(\{[a-z_]+\})/).flatMap((part): TextPart[] => {
    const name = part.slice(1, -1)
    if (part.startsWith('{') && isField(name)) return [{ field: name }]
    return part ? [{ text: part }] : []
  })
}
