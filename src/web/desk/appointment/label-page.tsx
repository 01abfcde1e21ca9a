import { raw } from 'hono/html'
import type { DeskAppointmentContent, PatientCard } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDate, formatDay, formatSpan } from '../../../i18n/dates.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { initialed } from '../hidden-name.tsx'
import { deskStyle } from '../style.ts'

interface LabelPageProps {
  frame: Frame
  appointment: DeskAppointmentContent['appointment']
  patient: PatientCard
}

/** To be printed on a label or on A6, without anything around it. */
export function LabelPage({ frame, appointment, patient }: LabelPageProps) {
  const { copy, hidesNames } = frame
  const name = shownName(copy, patient.name)
  const words = copy.desk.appointment.label
  const { visitType, doctor, location, startLocal } = appointment
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={copy.language} dir={copy.dir}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light" />
          <title>{`${words.title} · ${copy.brand}`}</title>
          <link rel="stylesheet" href={deskStyle.path} />
        </head>
        <body class={hidesNames ? 'label-page hides-names' : 'label-page'}>
          <main class="label">
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
          </main>
          <p class="btns">
            <a class="btn" href={paths.deskAppointment(appointment.id)}>
              {words.back}
            </a>
          </p>
        </body>
      </html>
    </>
  )
}
