import type { NextFree } from '../../clinic/appointments/begin.ts'
import type { Offer } from '../../clinic/availability/find-visit-types.ts'
import type { BookingRefusal, Fault } from '../../clinic/refusals.ts'
import { formatDay, formatSpan, withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { Refusal } from '../ui/refusal.tsx'
import { TooManyAppointments } from './too-many.tsx'

export const bookingFields = [
  'visit_type_id',
  'doctor_id',
  'patient_id',
  'start_at',
  'end_at',
  'override_reason',
] as const
export type BookingField = (typeof bookingFields)[number]

/** The form as it was filled in. */
export type BookingValues = Record<BookingField, string>

export interface Refused {
  refusal: BookingRefusal
  faults: Partial<Record<BookingField, Fault>>
  /** Null if nothing can be booked later that day, undefined if another time would not help. */
  nextFree?: NextFree | null
  /** What the doctor offers instead. */
  offered?: Offer[]
}

interface RefusedSummaryProps {
  copy: Copy
  phone: string
  values: BookingValues
  refused: Refused
  formKey: string
}

/** Why nothing was booked, with links to the invalid fields and a button for the next free time. */
export function RefusedSummary({ copy, phone, values, refused, formKey }: RefusedSummaryProps) {
  const words = copy.refused
  return (
    <Refusal title={words.title} reason={words.reasons[refused.refusal]}>
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
      {refused.refusal === 'too_many_appointments' && <TooManyAppointments copy={copy} phone={phone} />}
      {refused.offered && refused.offered.length > 0 && (
        <>
          <p>{words.offered}</p>
          <ul>
            {refused.offered.map(({ name, minutes }) => (
              <li>{words.offer(name, minutes)}</li>
            ))}
          </ul>
        </>
      )}
      {refused.nextFree && (
        <BookInstead copy={copy} values={values} nextFree={refused.nextFree} formKey={formKey} />
      )}
      {refused.nextFree === null && refused.refusal !== 'beyond_horizon' && <p>{words.nothingElseThatDay}</p>}
    </Refusal>
  )
}

interface BookInsteadProps extends Omit<RefusedSummaryProps, 'refused' | 'phone'> {
  nextFree: NextFree
}

function BookInstead({ copy, values, nextFree, formKey }: BookInsteadProps) {
  const { startLocal, endLocal, timeZone } = nextFree
  const time = formatSpan({ ...nextFree, location: { timeZone } }, copy.language)
  return (
    <form method="post" action={paths.booking()}>
      <FormKey value={formKey} />
      {(['visit_type_id', 'doctor_id', 'patient_id'] as const).map((name) => (
        <input type="hidden" name={name} value={values[name]} />
      ))}
      <button
        type="submit"
        class="quiet"
        name="instead"
        value={`${withOffset(startLocal, nextFree.startAt)}/${withOffset(endLocal, nextFree.endAt)}`}
      >
        {copy.refused.bookInstead(formatDay(startLocal, copy.language), time)}
      </button>
    </form>
  )
}

function faultsIn(refused: Refused): [BookingField, Fault][] {
  return bookingFields.flatMap((name) => {
    const fault = refused.faults[name]
    return fault ? [[name, fault]] : []
  })
}

function labelOf(name: BookingField, { booking, finder }: Copy): string {
  return {
    visit_type_id: finder.visitType,
    doctor_id: booking.doctor,
    patient_id: booking.patient,
    start_at: booking.start,
    end_at: booking.end,
    override_reason: booking.overrideReason,
  }[name]
}

const fieldOfRefusal: Record<Exclude<BookingRefusal, 'invalid'>, BookingField> = {
  not_your_patient: 'patient_id',
  patient_inactive: 'patient_id',
  phone_needed: 'patient_id',
  slot_taken: 'start_at',
  patient_busy: 'start_at',
  resource_taken: 'start_at',
  outside_hours: 'start_at',
  off_grid: 'start_at',
  short_notice: 'start_at',
  beyond_horizon: 'start_at',
  day_full: 'start_at',
  not_offered: 'visit_type_id',
  session_needed: 'visit_type_id',
  session_full: 'start_at',
  too_many_appointments: 'start_at',
  in_the_past: 'start_at',
}

/** The message at a field. */
export function problemOf(name: BookingField, refused: Refused | null, copy: Copy): string | undefined {
  if (!refused) return undefined
  const fault = refused.faults[name]
  if (fault) return copy.faults[fault]
  const { refusal } = refused
  if (name === 'override_reason' && (refusal === 'outside_hours' || refusal === 'beyond_horizon'))
    return copy.refused.reasonNeeded
  if (refused.refusal === 'invalid' || fieldOfRefusal[refused.refusal] !== name) return undefined
  return copy.refused.reasons[refused.refusal]
}
