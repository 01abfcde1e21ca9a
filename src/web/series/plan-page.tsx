import type { PlannedDate } from '../../clinic/series/plan.ts'
import type { PlanChoices } from '../../clinic/series/read-plan-page.ts'
import { cityOf } from '../../i18n/dates.ts'
import { isolate } from '../../i18n/isolate.ts'
import { PatientField, PatientSearch } from '../booking/patient-field.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { SelectField, TimeField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { PlannedDates } from './planned-dates.tsx'
import type { PlanFaults, PlanField, Written } from './read-plan.ts'
import { RuleFields } from './rule-fields.tsx'

export interface PlanPageProps {
  frame: Frame
  content: PlanChoices
  written: Written
  faults: PlanFaults
  /** What was searched for to find the patient. */
  typed?: string | undefined
  /** The preview, once it was asked for. */
  dates?: PlannedDate[] | undefined
  /** Why nothing was booked. */
  refused?: string | undefined
  formKey: string
}

/** For the front desk: a rule, then every date of it, then the booking. */
export function PlanPage(props: PlanPageProps) {
  const { frame, content, written, faults, typed, dates, refused, formKey } = props
  const { copy } = frame
  const words = copy.series
  const { values } = written
  const cities = [
    ...new Set(content.doctors.flatMap(({ locations }) => locations.map(({ timeZone }) => cityOf(timeZone)))),
  ]
  const field = (name: PlanField) => {
    const fault = faults[name]
    return { name, value: values[name], problem: fault && copy.faults[fault] }
  }
  return (
    <Layout frame={frame} title={words.newTitle}>
      <div class="lead">
        <h1>{words.newTitle}</h1>
        {refused && <Refusal title={copy.refused.title} reason={refused} />}
      </div>
      {dates && <PlannedDates {...{ copy, values, dates, formKey }} choices={written.choices} />}
      <form class="card" method="post" action={paths.seriesPreview()}>
        <PatientSearch
          copy={copy}
          forWhom={content.forWhom}
          action={paths.seriesPatientSearch()}
          typed={typed}
        />
        <PatientField
          copy={copy}
          label={copy.booking.patient}
          forWhom={content.forWhom}
          field={field('patient_id')}
        />
        <SelectField
          {...field('doctor_id')}
          label={copy.booking.doctor}
          placeholder={copy.booking.chooseDoctor}
          options={content.doctors.map(({ id, name }) => ({ value: id, label: isolate(name) }))}
        />
        {content.isMoreDoctors && <p>{words.tooManyDoctors}</p>}
        <SelectField
          {...field('visit_type_id')}
          label={copy.finder.visitType}
          placeholder={words.chooseVisitType}
          options={content.visitTypes.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TimeField {...field('start_at')} label={words.first} hint={copy.booking.localTime(cities)} />
        <RuleFields copy={copy} values={values} faults={faults} />
        <button class={dates ? 'quiet' : undefined} type="submit">
          {words.preview}
        </button>
      </form>
      <a class="more" href={paths.booking()}>
        {words.back}
      </a>
    </Layout>
  )
}
