import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { describeControl, Field } from '../ui/field.tsx'
import { DeskLayout } from './desk-layout.tsx'
import { Icon } from './icons.tsx'
import { Say } from './say.tsx'

export const dayNoteFields = ['location_id', 'text', 'until_on', 'until_at'] as const
export type DayNoteField = (typeof dayNoteFields)[number]

interface DayNotePageProps {
  frame: Frame
  values: Record<DayNoteField, string>
  problems: Partial<Record<DayNoteField, string | undefined>>
  returnTo: string
  formKey: string
}

/** The form for a note again, with what is wrong in it; it usually stands beside the day. */
export function DayNotePage({ frame, values, problems, returnTo, formKey }: DayNotePageProps) {
  const words = frame.copy.desk.dayNotes
  const field = (name: DayNoteField, label: string) => ({ name, label, problem: problems[name] })
  return (
    <DeskLayout frame={frame} title={words.title}>
      <div class="page one">
        <p class="crumb">
          <a href={returnTo}>
            <Icon name="previous" />
            {words.backToDay}
          </a>
        </p>
        <div class="title">
          <h1>{words.title}</h1>
        </div>
        <Say title={words.notAdded} reason={words.fix} />
        <form class="box" method="post" action={paths.dayNotes()}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <input type="hidden" name="location_id" value={values.location_id} />
          <Field {...field('text', words.text)}>
            <textarea id="text" name="text" rows={2} required {...describeControl(field('text', words.text))}>
              {values.text}
            </textarea>
          </Field>
          <div class="line">
            <Field {...field('until_on', words.untilOn)}>
              <input id="until_on" name="until_on" type="date" value={values.until_on} />
            </Field>
            <Field {...field('until_at', words.untilAt)}>
              <input
                id="until_at"
                name="until_at"
                type="time"
                value={values.until_at}
                {...describeControl(field('until_at', words.untilAt))}
              />
            </Field>
          </div>
          <p class="hint">{words.untilHint}</p>
          <div class="btns">
            <button class="btn main" type="submit">
              {words.submit}
            </button>
          </div>
        </form>
      </div>
    </DeskLayout>
  )
}
