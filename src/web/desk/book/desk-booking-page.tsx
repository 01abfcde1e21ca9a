import type { DeskBookingContent } from '../../../clinic/appointments/read-desk-booking.ts'
import type { PatientSummary } from '../../../clinic/patients/summary.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { ChoiceBox } from './choice-box.tsx'
import { choose } from './chosen.ts'
import { PatientPart } from './patient-part.tsx'
import { type Refused, RefusedBox } from './refused-box.tsx'
import type { BookingFaults, BookingValues } from './values.ts'
import { VisitPart } from './visit-part.tsx'

interface DeskBookingPageProps {
  frame: Frame
  content: DeskBookingContent
  values: BookingValues
  /** Where to go afterwards, and on the way back. */
  dayPath: string
  formKey: string
  /** Doctors register no one, and override nothing. */
  isDesk: boolean
  refused?: Refused | null
  faults?: BookingFaults
  candidates?: PatientSummary[]
}

/** Books for a patient at a time that was chosen from the day, all in one form. */
export function DeskBookingPage(props: DeskBookingPageProps) {
  const { frame, content, values, dayPath, formKey, isDesk, refused = null, candidates } = props
  const { faults = {} } = props
  const { copy } = frame
  const words = copy.desk.book
  const chosen = choose(content, values)
  const { time } = content
  const title =
    time && chosen.doctor
      ? words.titleAt(formatTime(time.startLocal, copy.language), chosen.doctor.name)
      : words.title
  const isTaken = refused !== null || (time?.conflicts.length ?? 0) > 0
  const needsReason = refused?.refusal === 'outside_hours' || refused?.refusal === 'beyond_horizon'
  return (
    <DeskLayout
      frame={frame}
      title={refused ? words.refused.documentTitle + title : title}
      place={placeOf(content, values)}
    >
      <div class="page one">
        <p class="crumb">
          <a href={dayPath}>
            <Icon name="previous" />
            {time ? formatDay(time.startLocal, copy.language) : words.back}
          </a>
        </p>
        <div class="title">
          <h1>{title}</h1>
        </div>
        {/* What Enter in a field presses without a script: never a booking. */}
        <button type="submit" form="b" formaction={paths.deskBookingSearch()} formnovalidate hidden>
          {words.find}
        </button>
        <RefusedBox {...{ copy, content, chosen, refused }} />
        <form class="split" id="b" method="post" action={paths.deskBooking()}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={values.return_to} />
          <input type="hidden" name="location_id" value={values.location_id} />
          <div class="stack">
            <PatientPart
              {...{ copy, values, faults, candidates }}
              mayRegister={isDesk}
              forWhom={content.forWhom}
              chosen={chosen.patient}
              leavesFocus={isTaken || candidates !== undefined}
            />
            <VisitPart {...{ copy, content, chosen, values, faults, needsReason, isDesk }} />
          </div>
          <ChoiceBox {...{ copy, content, chosen, isDesk }} />
        </form>
      </div>
    </DeskLayout>
  )
}

function placeOf({ locations, time }: DeskBookingContent, { location_id }: BookingValues) {
  const shown = locations.find(({ id }) => id === time?.locationId || String(id) === location_id)
  return shown ? { shown, all: locations } : null
}
