import type { Counts, Figures, Lengths, Usage } from '../../../clinic/day/read-figures.ts'
import { csvLine } from '../../csv.ts'

/** The names of the columns stay the same in every language, for whoever computes with them. */
const columns = [
  'week',
  'table',
  'name',
  'booked',
  'attended',
  'missed',
  'cancelled',
  'open',
  'lead_minutes_median',
  'waiting_minutes_median',
  'with_doctor_minutes_median',
  'open_minutes',
  'taken_minutes',
] as const

type Row = Partial<Record<(typeof columns)[number], string | number | null>>

/** All figures of a week in one table, one row for each line of the page. */
export function figuresCsv(figures: Figures): string {
  const rows: Row[] = [
    { table: 'total', name: 'total', ...countsOf(figures.totals), ...lengthsOf(figures.totals) },
    ...figures.days.map((day) => ({ table: 'day', name: day.date, ...countsOf(day) })),
    ...figures.byDoctor.map((one) => ({
      table: 'doctor',
      name: one.name,
      ...countsOf(one),
      ...lengthsOf(one),
      ...usageOf(one),
    })),
    ...figures.byRoom.map((one) => ({
      table: 'room',
      name: `${one.name}, ${one.location}`,
      ...usageOf(one),
    })),
    ...figures.byVisitType.map((one) => ({
      table: 'visit_type',
      name: one.name ?? '',
      ...countsOf(one),
      taken_minutes: one.takenMinutes,
    })),
    ...figures.leadDays.map((booked, index) => ({ table: 'lead', name: leads[index] ?? '', booked })),
  ]
  const lines = rows.map((row) =>
    columns.map((column) => (column === 'week' ? figures.monday : (row[column] ?? ''))),
  )
  return [columns, ...lines].map(csvLine).join('')
}

const leads = ['under 1 day', '1-2 days', '3-7 days', '8-14 days', '15-30 days', '31 days or more']

const countsOf = ({ booked, attended, missed, cancelled, open }: Counts): Row => ({
  booked,
  attended,
  missed,
  cancelled,
  open,
})

const lengthsOf = ({ lead, waiting, withDoctor }: Lengths): Row => ({
  lead_minutes_median: lead.median,
  waiting_minutes_median: waiting.median,
  with_doctor_minutes_median: withDoctor.median,
})

const usageOf = ({ openMinutes, takenMinutes }: Usage): Row => ({
  open_minutes: openMinutes,
  taken_minutes: takenMinutes,
})
