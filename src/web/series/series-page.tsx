import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Hindrance } from '../../clinic/series/change.ts'
import type { Series } from '../../clinic/series/series-row.ts'
import { formatStart } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import type { Written } from '../read-form.ts'
import { SelectField, TextField, TimeField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'

export interface SeriesSaid {
  /** Why nothing was changed, and which appointments are in the way. */
  refused?: string
  hindrances?: Hindrance[]
  /** The form that was sent, and what is wrong with it. */
  moving?: Sent
  cancelling?: Sent
}

interface Sent {
  form: Written
  problem?: string
}

interface SeriesPageProps extends SeriesSaid {
  frame: Frame
  series: Series
  now: Date
  isDesk: boolean
  formKey: string
}

export function SeriesPage(props: SeriesPageProps) {
  const { frame, series, now, isDesk, refused, hindrances = [] } = props
  const { copy } = frame
  const words = copy.series
  const { appointments } = series
  const open = appointments.filter(({ status, startAt }) => status === 'booked' && startAt > now)
  return (
    <Layout frame={frame} title={words.title(appointments.length)}>
      <div class="lead">
        <h1>{words.title(appointments.length)}</h1>
        {refused && (
          <Refusal title={words.notChanged} reason={refused}>
            {hindrances.length > 0 && (
              <ul>
                {hindrances.map(({ verdict, appointment }) => (
                  <li>
                    {whenOf(copy, appointment)}: {whyNot(copy, verdict)}
                  </li>
                ))}
              </ul>
            )}
          </Refusal>
        )}
      </div>
      {isDesk && open.length > 0 && <Changes {...props} open={open} />}
      <AppointmentList
        copy={copy}
        id="series"
        title={words.list}
        empty={words.nothing}
        appointments={appointments}
        tellsApart={frame.isStaff ?? false}
      >
        <a class="more" href={paths.appointments()}>
          {frame.isStaff ? copy.appointments.allOfDesk : copy.appointments.all}
        </a>
      </AppointmentList>
    </Layout>
  )
}

function Changes({
  frame: { copy },
  series,
  open,
  formKey,
  moving,
  cancelling,
}: SeriesPageProps & { open: Appointment[] }) {
  const words = copy.series
  return (
    <section class="card stack" aria-label={words.change}>
      <details open={moving !== undefined}>
        <summary>{words.move}</summary>
        <form method="post" action={paths.seriesRescheduling(series.id)}>
          <FormKey value={formKey} />
          <Which copy={copy} open={open} idPrefix="move" form={moving?.form} />
          <TimeField
            name="start_at"
            label={words.newStart}
            hint={words.newStartHint}
            value={moving ? moving.form('start_at') : (open[0]?.startLocal ?? '')}
            problem={moving?.problem}
          />
          <TextField
            name="override_reason"
            label={copy.booking.overrideReason}
            hint={copy.booking.overrideHint}
            value={moving?.form('override_reason') ?? ''}
            autocomplete="off"
            isOptional
          />
          <button type="submit">{words.submitMove}</button>
        </form>
      </details>
      <details open={cancelling !== undefined}>
        <summary>{words.cancel}</summary>
        <form method="post" action={paths.seriesCancellation(series.id)}>
          <FormKey value={formKey} />
          <Which copy={copy} open={open} idPrefix="cancel" form={cancelling?.form} />
          <TextField
            name="reason"
            label={copy.change.reason}
            value={cancelling?.form('reason') ?? ''}
            autocomplete="off"
            problem={cancelling?.problem}
          />
          <button class="danger" type="submit">
            {words.submitCancel}
          </button>
        </form>
      </details>
    </section>
  )
}

/** From which appointment on. Without a choice, it is the next one and all that follow. */
function Which({
  copy,
  open,
  idPrefix,
  form,
}: {
  copy: Copy
  open: Appointment[]
  idPrefix: string
  form: Written | undefined
}) {
  const words = copy.series
  return (
    <>
      <SelectField
        name="from"
        id={`${idPrefix}-from`}
        label={words.from}
        placeholder={words.chooseFrom}
        value={form?.('from') ?? String(open[0]?.id ?? '')}
        options={open.map((one) => ({ value: one.id, label: whenOf(copy, one) }))}
      />
      <fieldset>
        <legend>{words.scope}</legend>
        {(['following', 'this'] as const).map((scope) => (
          <label class="choice">
            <input
              type="radio"
              name="scope"
              value={scope}
              checked={scope === (form?.('scope') || 'following')}
              required
            />
            <span>{words.scopes[scope]}</span>
          </label>
        ))}
      </fieldset>
    </>
  )
}

function whyNot({ series }: Copy, verdict: Hindrance['verdict']): string {
  const { verdicts, notPossible } = series
  return Object.hasOwn(verdicts, verdict) ? verdicts[verdict as keyof typeof verdicts] : notPossible
}

const whenOf = ({ language }: Copy, appointment: Appointment) => formatStart(appointment, language)
