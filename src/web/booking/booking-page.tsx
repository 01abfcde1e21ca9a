import type { BookingPageContent } from '../../clinic/appointments/read-booking-page.ts'
import type { SearchedSlots, SearchSlots, SlotKey } from '../../clinic/availability/search-slots.ts'
import type { Actor } from '../../clinic/context.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import type { Finder, FinderFaults } from '../read-finder.ts'
import { Layout } from '../ui/layout.tsx'
import { AppointmentList } from './appointment-list.tsx'
import { DeskForm } from './desk-form.tsx'
import { DoctorHours } from './doctor-hours.tsx'
import { type BookingValues, type Refused, RefusedSummary } from './refused.tsx'
import { SlotFinder } from './slot-finder.tsx'
import { SlotList } from './slot-list.tsx'

interface BookingPageProps {
  copy: Copy
  content: BookingPageContent
  isFirstPage: boolean
  visitor: string | null
  /** A doctor sees their day, and books nothing; the front desk books any time; a patient for dependants too. */
  actor: Actor['kind']
  finder: Finder
  finderFaults: FinderFaults
  values: BookingValues
  refused: Refused | null
  formKey: string
}

export function BookingPage(props: BookingPageProps) {
  const { copy, content, isFirstPage, visitor, actor, refused } = props
  const { title } = copy.booking
  const isDoctor = actor === 'doctor'
  return (
    <Layout copy={copy} title={refused ? copy.refused.documentTitle + title : title} visitor={visitor}>
      {isDoctor ? <h1>{copy.appointments.yourDay}</h1> : <BookingParts {...props} />}
      {content.appointments && (
        <AppointmentList
          copy={copy}
          appointments={content.appointments}
          olderThan={content.olderThan}
          isFirstPage={isFirstPage}
          isDay={isDoctor}
        />
      )}
    </Layout>
  )
}

function BookingParts(props: BookingPageProps) {
  const { copy, content, actor, finder, finderFaults, values, refused, formKey } = props
  const { found, patients } = content
  const isDesk = actor === 'front_desk' || actor === 'admin'
  return (
    <>
      <div class="lead">
        <h1>{copy.booking.title}</h1>
        <p>{copy.booking.intro}</p>
      </div>
      {refused && <RefusedSummary copy={copy} values={values} refused={refused} formKey={formKey} />}
      <div class="columns">
        <div class="stack">
          <SlotFinder
            copy={copy}
            choices={content}
            finder={finder}
            faults={inWords(copy, found ? searchFaults(found) : finderFaults)}
          />
          {found?.ok === false && found.refusal === 'not_offered' && (
            <p class="empty card">{copy.finder.notOffered}</p>
          )}
          {found?.ok && (
            <SlotList
              copy={copy}
              slots={found.slots}
              finder={finder}
              patients={patients}
              formKey={formKey}
              later={found.next && laterPath(finder, found.next)}
            />
          )}
          {isDesk && patients && (
            <DeskForm
              copy={copy}
              choices={{ ...content, patients }}
              values={values}
              refused={refused}
              formKey={formKey}
            />
          )}
          {actor === 'patient' && (
            <a class="more" href={paths.dependants()}>
              {copy.dependant.link}
            </a>
          )}
        </div>
        <DoctorHours copy={copy} doctors={content.doctors} />
      </div>
    </>
  )
}

function laterPath(finder: Finder, { startAt, load, doctorId }: SlotKey): string {
  return `${paths.booking({ ...finder, after: `${startAt.toISOString()}_${load}_${doctorId}` })}#slots`
}

function searchFaults(found: SearchedSlots): FinderFaults {
  const faults: Partial<Record<keyof SearchSlots, Fault>> = 'faults' in found ? found.faults : {}
  const { visitTypeId, doctorId, locationId, from, to } = faults
  return {
    ...(visitTypeId && { visit_type_id: visitTypeId }),
    ...(doctorId && { doctor_id: doctorId }),
    ...(locationId && { location_id: locationId }),
    ...((from ?? to) && { from: from ?? to }),
  }
}

function inWords(copy: Copy, faults: FinderFaults): Partial<Record<keyof Finder, string>> {
  return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, copy.faults[fault]]))
}
