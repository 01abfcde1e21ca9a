import type { DeskAppointmentContent, PatientCard } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDate, formatDay, formatSpan } from '../../../i18n/dates.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { initialed } from '../hidden-name.tsx'
import { Icon } from '../icons.tsx'
import { PrintButton } from '../print-button.tsx'

interface LabelPageProps {
  frame: Frame
  appointment: DeskAppointmentContent['appointment']
  patient: PatientCard
}

/** To be printed on a label or on A6, without anything around it. */
export function LabelPage({ frame, appointment, patient }: LabelPageProps) {
  const { copy } = frame
  const name = shownName(copy, patient.name)
  const words = copy.desk.appointment.label
  const { visitType, doctor, location, startLocal } = appointment
  return (
    <DeskLayout frame={frame} title={words.title}>
      <div class="page one">
        <p class="crumb">
          <a href={paths.deskAppointment(appointment.id)}>
            <Icon name="previous" />
            {words.back}
          </a>
        </p>
        <section class="label" aria-label={words.title}>
          <h1>
            <bdi data-i={initialed(name)}>{name}</bdi>
          </h1>
          <p>
            {patient.birthDate && words.born(formatDate(patient.birthDate, copy.language))}
            {patient.recordNumber && <b class="num"> {patient.recordNumber}</b>}
          </p>
          <p>
            {formatDay(startLocal, copy.language)}, {formatSpan(appointment, copy.language)}
          </p>
          <p>
            <bdi>{doctor.name}</bdi>
            {visitType && ` · ${visitType.name}`}
          </p>
          <p>{location.name}</p>
        </section>
        <PrintButton copy={copy} />
      </div>
    </DeskLayout>
  )
}
