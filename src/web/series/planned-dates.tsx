import type { PlannedDate } from '../../clinic/series/plan.ts'
import { formatDay, formatSpan } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { type Choices, type PlanValues, planFields } from './read-plan.ts'

interface PlannedDatesProps {
  copy: Copy
  values: PlanValues
  choices: Choices
  dates: PlannedDate[]
  formKey: string
}

/** The preview: every date, what is in its way, and what to do about it. It books with the same fields. */
export function PlannedDates({ copy, values, choices, dates, formKey }: PlannedDatesProps) {
  const words = copy.series
  const refused = dates.filter(({ refusal }) => refusal !== null)
  const needsReason = refused.some(({ refusal }) => isOverridable(refusal)) || values.override_reason !== ''
  return (
    <section class="card stack" aria-labelledby="dates-title">
      <h2 id="dates-title" tabindex={-1} autofocus>
        {words.dates}
      </h2>
      <p>
        {refused.length === 0 ? words.allFree(dates.length) : words.someRefused(refused.length, dates.length)}
      </p>
      <form method="post" action={paths.allSeries()}>
        <FormKey value={formKey} />
        {planFields.map(
          (name) =>
            name !== 'override_reason' &&
            values[name] && <input type="hidden" name={name} value={values[name]} />,
        )}
        {Object.entries(choices).map(
          ([date, choice]) =>
            choice === 'skip' && <input type="hidden" name={`choice_${date}`} value="skip" />,
        )}
        <ol>
          {dates.map((planned) => (
            <li>
              <PlannedDateItem copy={copy} planned={planned} choice={choices[planned.date] ?? ''} />
            </li>
          ))}
        </ol>
        {needsReason && (
          <TextField
            name="override_reason"
            label={copy.booking.overrideReason}
            hint={words.reasonHint}
            value={values.override_reason}
            autocomplete="off"
            isOptional
          />
        )}
        <button type="submit">{words.submit}</button>
      </form>
    </section>
  )
}

interface ItemProps {
  copy: Copy
  planned: PlannedDate
  choice: string
}

function PlannedDateItem({ copy, planned, choice }: ItemProps) {
  const words = copy.series
  const { date, timeZone, refusal, alternatives } = planned
  const name = `choice_${date}`
  return (
    <fieldset class="planned">
      <legend>
        <Time copy={copy} time={planned} timeZone={timeZone} />{' '}
        <span class={refusal ? 'verdict taken' : 'verdict'}>
          <span aria-hidden="true">{refusal ? '✕' : '✓'}</span>{' '}
          {refusal ? words.verdicts[refusal] : words.free}
        </span>
      </legend>
      {!refusal && /^\d/.test(choice) && <input type="hidden" name={name} value={choice} />}
      {!refusal && !/^\d/.test(choice) && (
        <label class="choice">
          <input type="checkbox" name={name} value="skip" />
          <span>{words.skip}</span>
        </label>
      )}
      {refusal && (
        <>
          {alternatives.map((other) => (
            <Choice name={name} value={other.startAt.toISOString()}>
              <Time copy={copy} time={other} timeZone={timeZone} of={date} />
            </Choice>
          ))}
          {isOverridable(refusal) && (
            <Choice name={name} value={/^\d/.test(choice) ? choice : 'keep'}>
              {words.anyway}
            </Choice>
          )}
          <Choice name={name} value="skip">
            {words.skip}
          </Choice>
        </>
      )}
    </fieldset>
  )
}

function Choice({ name, value, children }: { name: string; value: string; children: unknown }) {
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} required />
      <span>{children}</span>
    </label>
  )
}

interface TimeProps {
  copy: Copy
  time: PlannedDate['alternatives'][number]
  timeZone: string
  /** The date above it, which it does not repeat. */
  of?: string
}

function Time({ copy, time, timeZone, of }: TimeProps) {
  return (
    <time datetime={time.startAt.toISOString()}>
      {time.startLocal.slice(0, 10) !== of && `${formatDay(time.startLocal, copy.language)}, `}
      <span class="range">{formatSpan({ ...time, location: { timeZone } }, copy.language)}</span>
    </time>
  )
}

const isOverridable = (refusal: PlannedDate['refusal']) =>
  refusal === 'outside_hours' || refusal === 'beyond_horizon'
