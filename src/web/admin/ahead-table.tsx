import type { AppointmentsAhead } from '../../clinic/availability/find-ahead.ts'
import { formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { PhoneLink } from '../ui/phone-link.tsx'
import { AdminIcon } from './icons.tsx'
import { ListTable } from './list-parts.tsx'

/** What retiring something would strand: who has to be called, and where that is worked through. */
export function AheadTable({ copy, ahead }: { copy: Copy; ahead: AppointmentsAhead }) {
  const { stranded: words } = copy.admin.form
  const { language } = copy
  const { count, first } = ahead
  if (count === 0)
    return (
      <div class="note good">
        <AdminIcon name="check" />
        <div>
          <p>{words.none}</p>
        </div>
      </div>
    )
  return (
    <>
      <div class="note notice">
        <AdminIcon name="warn" />
        <div>
          <p>
            <b>{words.count(count)}</b>
          </p>
          <p>{words.stay}</p>
        </div>
      </div>
      <ListTable
        label={words.count(count)}
        heads={[words.when, words.patient, words.doctor, words.phone]}
        rows={first.map(({ id, startLocal, patient, phone, doctor }) => [
          <a href={paths.deskAppointment(id)}>
            {formatDay(startLocal, language)}, {formatTime(startLocal, language)}
          </a>,
          <bdi>{patient ?? words.group}</bdi>,
          <bdi>{doctor}</bdi>,
          phone ? <PhoneLink phone={phone} /> : '–',
        ])}
      />
      {count > first.length && <p class="hint">{words.more(count - first.length)}</p>}
    </>
  )
}
