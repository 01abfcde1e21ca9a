import type { NextFree } from '../../clinic/appointments/book.ts'
import type { BookingPageContent } from '../../clinic/appointments/read-booking-page.ts'
import type { Patient } from '../../clinic/patients/find.ts'
import type { Fault, Refusal } from '../../clinic/refusals.ts'
import { formatDay, formatTime, withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { SelectField, TimeField } from '../ui/field.tsx'

export const bookingFields = ['doctor_id', 'patient_id', 'start_at', 'end_at'] as const
export type BookingField = (typeof bookingFields)[number]

/** What was written into the form, as it was written. */
export type BookingValues = Record<BookingField, string>

/** Why the form came back. */
export interface Refused {
  refusal: Refusal
  faults: Partial<Record<BookingField, Fault>>
  /** Undefined where another time would not help. */
  nextFree?: NextFree | null
}

interface BookingFormProps {
  copy: Copy
  choices: Pick<BookingPageContent, 'doctors' | 'patients'>
  values: BookingValues
  refused: Refused | null
}

export function BookingForm({ copy, choices, values, refused }: BookingFormProps) {
  const words = copy.booking
  const zones = [...new Set(choices.doctors.map((doctor) => doctor.location.timeZone))]
  const field = (name: BookingField) => ({
    name,
    value: values[name],
    problem: problemOf(name, refused, copy),
  })
  return (
    <form class="card" method="post" action={paths.booking()}>
      {refused && <Summary copy={copy} refused={refused} />}
      <SelectField
        {...field('doctor_id')}
        label={words.doctor}
        placeholder={words.chooseDoctor}
        options={choices.doctors.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {choices.patients && (
        <PatientField copy={copy} patients={choices.patients} field={field('patient_id')} />
      )}
      <TimeField {...field('start_at')} label={words.start} hint={words.timesAreLocal(zones)} />
      <TimeField {...field('end_at')} label={words.end} />
      <button type="submit">{words.submit}</button>
      {!choices.patients && <p class="hint">{words.signInNext}</p>}
    </form>
  )
}

interface PatientFieldProps {
  copy: Copy
  patients: Patient[]
  field: { name: string; value: string; problem: string | undefined }
}

/** Whoever acts for one patient only is not asked for whom. */
function PatientField({ copy, patients, field }: PatientFieldProps) {
  const { patient, choosePatient, forWhom } = copy.booking
  const [only] = patients
  if (only && patients.length === 1) {
    return (
      <p>
        {forWhom} <strong>{only.name}</strong>
        <input type="hidden" name="patient_id" value={only.id} />
      </p>
    )
  }
  const options = patients.map(({ id, name }) => ({ value: id, label: name }))
  return <SelectField {...field} label={patient} placeholder={choosePatient} options={options} />
}

/** Receives focus when the page opens, so that a screen reader begins with why nothing was booked. */
function Summary({ copy, refused }: { copy: Copy; refused: Refused }) {
  const words = copy.refused
  return (
    <section class="summary" id="summary" aria-labelledby="summary-title" tabindex={-1} autofocus>
      <h2 id="summary-title">{words.title}</h2>
      <p>{words.reasons[refused.refusal]}</p>
      {refused.refusal === 'invalid' && (
        <ul>
          {faultsIn(refused).map(([name, fault]) => (
            <li>
              <a href={`#${name}`}>
                {labelOf(name, copy)}: {copy.faults[fault]}
              </a>
            </li>
          ))}
        </ul>
      )}
      {refused.nextFree && <BookInstead copy={copy} nextFree={refused.nextFree} />}
      {refused.nextFree === null && <p>{words.nothingElseThatDay}</p>}
    </section>
  )
}

function BookInstead({ copy, nextFree }: { copy: Copy; nextFree: NextFree }) {
  const { startLocal, endLocal } = nextFree
  const [day, from, until] = [
    formatDay(startLocal, copy.language),
    formatTime(startLocal, copy.language),
    formatTime(endLocal, copy.language),
  ]
  return (
    <button
      type="submit"
      class="quiet"
      name="instead"
      value={`${withOffset(startLocal, nextFree.startAt)}/${withOffset(endLocal, nextFree.endAt)}`}
      formnovalidate
    >
      {copy.refused.bookInstead(day, from, until)}
    </button>
  )
}

function faultsIn(refused: Refused): [BookingField, Fault][] {
  return bookingFields.flatMap((name) => {
    const fault = refused.faults[name]
    return fault ? [[name, fault]] : []
  })
}

function labelOf(name: BookingField, { booking }: Copy): string {
  return {
    doctor_id: booking.doctor,
    patient_id: booking.patient,
    start_at: booking.start,
    end_at: booking.end,
  }[name]
}

const fieldOfRefusal: Record<Exclude<Refusal, 'invalid'>, BookingField> = {
  not_your_patient: 'patient_id',
  slot_taken: 'start_at',
  patient_busy: 'start_at',
  outside_hours: 'start_at',
  off_grid: 'start_at',
  short_notice: 'start_at',
  beyond_horizon: 'start_at',
  day_full: 'start_at',
  not_offered: 'doctor_id',
  in_the_past: 'start_at',
}

function problemOf(name: BookingField, refused: Refused | null, copy: Copy): string | undefined {
  if (!refused) return undefined
  const fault = refused.faults[name]
  if (fault) return copy.faults[fault]
  if (refused.refusal === 'invalid' || fieldOfRefusal[refused.refusal] !== name) return undefined
  return copy.refused.reasons[refused.refusal]
}
