import { formatWeekday, weekdaysOf } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { DateField, SelectField, TextField } from '../ui/field.tsx'
import type { PlanFaults, PlanField, PlanValues } from './read-plan.ts'

interface RuleFieldsProps {
  copy: Copy
  values: PlanValues
  faults: PlanFaults
}

/** How often, on which weekdays, and until when. */
export function RuleFields({ copy, values, faults }: RuleFieldsProps) {
  const words = copy.series
  const field = (name: PlanField) => {
    const fault = faults[name]
    return { name, value: values[name], problem: fault && copy.faults[fault] }
  }
  return (
    <>
      <TextField {...field('every')} label={words.every} inputmode="numeric" autocomplete="off" />
      <SelectField
        {...field('unit')}
        label={words.unit}
        placeholder={words.chooseUnit}
        options={(['day', 'week'] as const).map((unit) => ({ value: unit, label: words.units[unit] }))}
      />
      <fieldset aria-describedby="weekdays-hint">
        <legend>{words.weekdays}</legend>
        <p class="hint" id="weekdays-hint">
          {words.weekdaysHint}
        </p>
        <div class="badges">
          {weekdaysOf(copy.language).map((day) => (
            <label class="choice">
              <input
                type="checkbox"
                name={`weekday_${day}`}
                value="yes"
                checked={values[`weekday_${day}` as PlanField] !== ''}
              />
              <span>{formatWeekday(day, copy.language)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        {...field('count')}
        label={words.count}
        hint={words.countHint}
        inputmode="numeric"
        autocomplete="off"
        isOptional
      />
      <DateField {...field('until')} label={words.until} />
    </>
  )
}
