import type { Copy } from '../../i18n/en.ts'
import { describeControl, Field } from '../ui/field.tsx'

export const dayNoteFields = ['location_id', 'text', 'until', 'until_on', 'until_at'] as const
export type DayNoteField = (typeof dayNoteFields)[number]

interface DayNoteFieldsProps {
  copy: Copy
  /** The local date, before which no note can end. */
  today?: string | undefined
  values?: Record<DayNoteField, string> | undefined
  problems?: Partial<Record<DayNoteField, string | undefined>>
}

/** What everyone should know, and for how long: until tonight, or until a date and a time on it. */
export function DayNoteFields({ copy, today, values, problems = {} }: DayNoteFieldsProps) {
  const words = copy.desk.dayNotes
  const isDated = values?.until === 'date'
  const field = (name: DayNoteField, label: string) => ({
    name,
    id: `note-${name}`,
    label,
    problem: problems[name],
    leavesFocus: true,
  })
  const [text, on, at] = [
    field('text', words.text),
    field('until_on', words.untilOn),
    field('until_at', words.untilAt),
  ]
  return (
    <>
      <Field {...text}>
        <textarea id={text.id} name="text" rows={2} required maxlength={300} {...describeControl(text)}>
          {values?.text}
        </textarea>
      </Field>
      <fieldset class="note-until">
        <legend class="lab">{words.until}</legend>
        <label class="check">
          <input type="radio" name="until" value="tonight" checked={!isDated} /> {words.tonight}
        </label>
        <label class="check">
          <input type="radio" name="until" value="date" checked={isDated} /> {words.date}
        </label>
        <div class="line">
          <Field {...on}>
            <input
              id={on.id}
              name="until_on"
              type="date"
              min={today}
              value={values?.until_on}
              {...describeControl(on)}
            />
          </Field>
          <Field {...at}>
            <input id={at.id} name="until_at" type="time" value={values?.until_at} {...describeControl(at)} />
          </Field>
        </div>
      </fieldset>
    </>
  )
}
