import type { Child } from 'hono/jsx'
import type { Appointment } from '../../clinic/appointments/find.ts'
import type { TimesPageContent } from '../../clinic/appointments/read-times-page.ts'
import type { SlotKey } from '../../clinic/availability/search-slots.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { cityOf, formatDay, formatSpan } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { DateField, Field } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { NothingFree } from '../ui/nothing-free.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { SlotGroups } from '../ui/slot-groups.tsx'

/** The search as the visitor entered it. */
type TimesFinder = Record<'visit_type_id' | 'doctor_id' | 'from', string>

interface TimesPageProps {
  frame: Frame
  content: TimesPageContent
  finder: TimesFinder
  formKey: string
  /** Why it was not rescheduled. */
  refused?: string | undefined
  /** What is wrong with the date. */
  fault?: Fault | undefined
}

export function TimesPage({ frame, content, finder, formKey, refused, fault }: TimesPageProps) {
  const { copy } = frame
  const words = copy.change
  const { appointment, found } = content
  const next = found?.ok ? found.next : null
  const dateFault = fault ?? (found?.ok === false && 'faults' in found ? found.faults.from : undefined)
  const form = (children: Child) => (
    <form method="post" action={paths.otherTimes(appointment.id, finder)}>
      <FormKey value={formKey} />
      <input type="hidden" name="version" value={appointment.version} />
      {children}
    </form>
  )
  return (
    <Layout frame={frame} title={words.timesTitle}>
      <div class="lead">
        <h1>{words.timesTitle}</h1>
        {refused && <Refusal title={words.notMoved} reason={refused} />}
        <p>
          {words.currentTime} <CurrentTime copy={copy} appointment={appointment} />
        </p>
        <p>
          <a class="more" href={paths.appointment(appointment.id)}>
            {words.keepTime}
          </a>
        </p>
      </div>
      <Finder copy={copy} content={content} finder={finder} fault={dateFault} refused={refused} />
      <section class="slots" id="slots" aria-labelledby="slots-title">
        <h2 id="slots-title">{copy.finder.title}</h2>
        {found?.ok && found.slots.length > 0 ? (
          form(<SlotGroups copy={copy} slots={found.slots} namesDoctors={!finder.doctor_id} />)
        ) : found?.ok ? (
          <NothingFree
            copy={copy}
            beyond={found.beyond}
            hrefFrom={(from) => `${paths.otherTimes(appointment.id, { ...finder, from })}#slots`}
            form={form}
          />
        ) : (
          !dateFault && <p class="empty card">{copy.finder.notOffered}</p>
        )}
        {next && (
          <nav class="pages" aria-label={copy.finder.pages}>
            <a rel="next" href={laterPath(appointment.id, finder, next)}>
              {copy.finder.later}
            </a>
          </nav>
        )}
      </section>
    </Layout>
  )
}

function CurrentTime({ copy, appointment }: { copy: Copy; appointment: Appointment }) {
  const { startAt, startLocal, location, visitType, doctor } = appointment
  return (
    <>
      <time datetime={startAt.toISOString()}>
        <strong>
          {formatDay(startLocal, copy.language)}, {formatSpan(appointment, copy.language)}
        </strong>
      </time>{' '}
      <span class="zone">{copy.timeIn(cityOf(location.timeZone))}</span>, {visitType?.name}{' '}
      {copy.appointments.with} <bdi>{doctor.name}</bdi>.
    </>
  )
}

type FinderProps = Pick<TimesPageProps, 'content' | 'finder' | 'fault' | 'refused'> & { copy: Copy }

function Finder({ copy, content, finder, fault, refused }: FinderProps) {
  const { id, doctor } = content.appointment
  return (
    <form class="card" method="get" action={paths.otherTimes(id)}>
      <input type="hidden" name="visit_type_id" value={finder.visit_type_id} />
      <Field name="doctor_id" label={copy.booking.doctor}>
        <select id="doctor_id" name="doctor_id">
          <option value={doctor.id} selected={finder.doctor_id !== ''}>
            {doctor.name}
          </option>
          <option value="" selected={finder.doctor_id === ''}>
            {copy.finder.anyDoctor}
          </option>
        </select>
      </Field>
      <DateField
        name="from"
        label={copy.finder.from}
        value={finder.from}
        problem={fault && copy.faults[fault]}
        leavesFocus={refused !== undefined}
      />
      <button class="quiet" type="submit">
        {copy.finder.submit}
      </button>
    </form>
  )
}

function laterPath(
  id: number,
  finder: TimesFinder,
  { startAt, load, doctorId, locationId }: SlotKey,
): string {
  return `${paths.otherTimes(id, { ...finder, after: writeKey([startAt, load, doctorId, locationId]) })}#slots`
}
