import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { type DayNoteField, DayNoteFields } from './day-note-fields.tsx'
import { DeskLayout } from './desk-layout.tsx'
import { Icon } from './icons.tsx'
import { Say } from './say.tsx'

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
        <form class="box note-form" method="post" action={paths.dayNotes()}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <input type="hidden" name="location_id" value={values.location_id} />
          <DayNoteFields copy={frame.copy} values={values} problems={problems} />
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
