import type { Fault } from '../../clinic/refusals.ts'
import { type PlanSeries, planSeriesInput } from '../../clinic/series/plan.ts'
import { snakeCase } from '../../clinic/snake-case.ts'

/** The fields of the form, apart from the choice for each date. */
export const planFields = [
  'patient_id',
  'doctor_id',
  'visit_type_id',
  'start_at',
  'every',
  'unit',
  'weekday_1',
  'weekday_2',
  'weekday_3',
  'weekday_4',
  'weekday_5',
  'weekday_6',
  'weekday_7',
  'count',
  'until',
  'override_reason',
] as const

export type PlanField = (typeof planFields)[number]
export type PlanValues = Record<PlanField, string>
export type PlanFaults = Partial<Record<PlanField, Fault>>

/** For a date of the rule: `skip`, the start that replaces it, or empty to keep it. */
export type Choices = Record<string, string>

/** The form as it was sent. */
export interface Written {
  values: PlanValues
  choices: Choices
}

const choiceField = /^choice_(\d{4}-\d\d-\d\d)$/

export function readWritten(form: Record<string, string>): Written {
  const values = Object.fromEntries(planFields.map((name) => [name, form[name] ?? ''])) as PlanValues
  const choices: Choices = {}
  for (const [name, value] of Object.entries(form)) {
    const [, date] = choiceField.exec(name) ?? []
    if (date) choices[date] = value
  }
  return { values, choices }
}

/** As it is before anything is filled in: every week. */
export function blankValues(given: Partial<PlanValues>): PlanValues {
  const { values } = readWritten({ every: '1', unit: 'week' })
  return { ...values, ...given }
}

/** Reads the form by the shapes of the verb’s input; each fault stands at its field. */
export function readPlan({
  values,
  choices,
}: Written): { ok: true; plan: PlanSeries } | { ok: false; faults: PlanFaults } {
  const read = planSeriesInput.safeParse(toInput(values, choices))
  if (read.success) return { ok: true, plan: read.data }
  const faults: PlanFaults = {}
  for (const { path, message } of read.error.issues) {
    const name = fieldOf(path, values)
    faults[name] ??= message as Fault
  }
  return { ok: false, faults }
}

function fieldOf(path: PropertyKey[], values: PlanValues): PlanField {
  const [first, second] = path.map((part) => snakeCase(String(part)))
  const name = first === 'rule' ? (second === 'weekdays' ? 'unit' : second) : first
  if (name === 'count') return values.count === '' && values.until !== '' ? 'until' : 'count'
  return planFields.find((field) => field === name) ?? 'start_at'
}

const numberIn = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : text || undefined)

function toInput(values: PlanValues, choices: Choices): object {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => values[`weekday_${day}` as PlanField] !== '')
  const chosen = Object.entries(choices)
  return {
    patientId: values.patient_id || undefined,
    doctorId: values.doctor_id || undefined,
    visitTypeId: values.visit_type_id || undefined,
    startAt: values.start_at || undefined,
    rule: {
      every: numberIn(values.every),
      unit: values.unit || undefined,
      weekdays: values.unit === 'week' && weekdays.length > 0 ? weekdays : undefined,
      count: numberIn(values.count),
      until: values.until || undefined,
    },
    skip: chosen.flatMap(([date, choice]) => (choice === 'skip' ? [date] : [])),
    changes: chosen.flatMap(([date, choice]) => (/^\d/.test(choice) ? [{ date, startAt: choice }] : [])),
    overrideReason: values.override_reason || undefined,
  }
}
