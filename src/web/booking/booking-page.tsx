import type { BookingPageContent } from '../../clinic/appointments/read-booking-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { AppointmentList } from './appointment-list.tsx'
import { BookingForm, type BookingValues, type Refused } from './booking-form.tsx'
import { DoctorHours } from './doctor-hours.tsx'

interface BookingPageProps {
  copy: Copy
  content: BookingPageContent
  isFirstPage: boolean
  visitor: string | null
  /** A doctor sees their day, and books nothing. */
  isDoctor: boolean
  /** A patient may register whom they look after. */
  isPatient: boolean
  values: BookingValues
  refused: Refused | null
}

export function BookingPage({
  copy,
  content,
  isFirstPage,
  visitor,
  isDoctor,
  isPatient,
  values,
  refused,
}: BookingPageProps) {
  const { title, intro } = copy.booking
  return (
    <Layout copy={copy} title={refused ? copy.refused.documentTitle + title : title} visitor={visitor}>
      {isDoctor ? (
        <h1>{copy.appointments.yourDay}</h1>
      ) : (
        <>
          <div class="lead">
            <h1>{title}</h1>
            <p>{intro}</p>
          </div>
          <div class="columns">
            <div>
              <BookingForm copy={copy} choices={content} values={values} refused={refused} />
              {isPatient && (
                <a class="more" href={paths.dependants()}>
                  {copy.dependant.link}
                </a>
              )}
            </div>
            <DoctorHours copy={copy} doctors={content.doctors} />
          </div>
        </>
      )}
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
