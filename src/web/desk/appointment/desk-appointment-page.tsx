import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { initialsOf } from '../initials.ts'
import { Actions } from './actions.tsx'
import { Facts } from './facts.tsx'
import { History } from './history.tsx'
import { PatientAside } from './patient-card.tsx'
import type { Target } from './press-form.tsx'
import type { Said } from './said.ts'
import { Sayings, sameAgain } from './sayings.tsx'
import { Badges, StatusPill } from './status-pill.tsx'

interface DeskAppointmentPageProps {
  frame: Frame
  content: DeskAppointmentContent
  now: Date
  /** Where the reader came from: the day, or this page itself. */
  returnTo: string
  said: Said
}

/** One appointment with its history and its patient; the script shows the same as a panel beside the day. */
export function DeskAppointmentPage(props: DeskAppointmentPageProps) {
  const { frame, content, now, returnTo, said } = props
  const { copy } = frame
  const words = copy.desk.appointment
  const { appointment, patient, nowLocal } = content
  const { id, version, startLocal, location } = appointment
  const name = shownName(copy, appointment.patient?.name ?? words.statuses.pending)
  const time = formatTime(startLocal, copy.language)
  const target: Target = { id, version, returnTo }
  const isDesk = frame.isDesk === true
  const day = paths.desk({ on: startLocal.slice(0, 10), location: String(location.id) })
  return (
    <DeskLayout
      frame={frame}
      title={frame.hidesNames ? words.hiddenTitle(time) : words.titleAt(name, time)}
      place={{ shown: location, all: [location] }}
    >
      <div class="page one" data-appointment={String(id)} data-version={String(version)}>
        <p class="crumb">
          <a href={returnTo === paths.deskAppointment(id) ? `${day}#a${id}` : returnTo}>
            <Icon name="previous" />
            {formatDay(startLocal, copy.language)}
          </a>
        </p>
        <div class="title">
          <h1>
            <bdi data-i={initialsOf(name)}>{name}</bdi>
          </h1>
          <StatusPill copy={copy} appointment={appointment} now={now} />
          <Badges copy={copy} {...content} />
        </div>
        <Sayings copy={copy} now={now} target={target} said={said} {...content} />
        <div class="split">
          <div class="stack">
            <section class="box" aria-label={words.facts.section}>
              <Facts copy={copy} now={now} {...content} />
              {content.mayChange && (
                <Actions
                  {...{ copy, now, target, isDesk, said }}
                  hidesNames={frame.hidesNames === true}
                  {...content}
                />
              )}
            </section>
            <History copy={copy} target={target} isDesk={isDesk} {...content} />
          </div>
          {patient && (
            <PatientAside
              copy={copy}
              patient={patient}
              target={target}
              nowLocal={nowLocal}
              again={isDesk ? sameAgain(appointment, patient.id) : null}
              isDesk={isDesk}
              timeZone={location.timeZone}
              problem={said.problems?.identity}
            />
          )}
        </div>
      </div>
    </DeskLayout>
  )
}
