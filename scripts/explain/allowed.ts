import type { Fault, FaultKind } from './judge.ts'

/** A fault that is accepted, and why. */
export interface Allowance {
  /** The names of the calls it holds for. */
  calls: RegExp
  kind: FaultKind
  /** Null for a spill to disk. */
  table: string | null
  /** The most rows it may read. */
  rows: number
  because: string
}

/** Exceptions from the judge's rules, grouped by reason. A reason that no call needs any more is reported. */
export const allowances: Allowance[] = [
  ...(['events', 'event_heads', 'appointments'] as const).flatMap((table): Allowance[] =>
    (['sequential scan', 'whole index'] as const).map((kind) => ({
      calls: /^every event is verified$/,
      kind,
      table,
      rows: Number.POSITIVE_INFINITY,
      because: 'It has to read every event and every appointment. It is started by hand.',
    })),
  ),
  {
    calls: /^every event is verified$/,
    kind: 'spill to disk',
    table: null,
    rows: Number.POSITIVE_INFINITY,
    because: 'It compares all events at once, which is more than work_mem. No request waits for it.',
  },
  {
    calls: /booking page|page of a hold|looks for a patient/,
    kind: 'sequential scan',
    table: 'patients',
    rows: 2_000,
    because: 'It wants the first 21 of many patients and stops as soon as it has them.',
  },
  {
    calls: /booking page, looking for|front desk lists patients named/,
    kind: 'sequential scan',
    table: 'patients',
    rows: 1_000_000,
    because:
      'Two letters are too few for the index, but names of two letters exist, so it reads all patients.',
  },
  ...(['rows in vain', 'sequential scan'] as const).flatMap((kind): Allowance[] =>
    ['appointments', 'patients'].map((table) => ({
      calls: /lists appointments (all there ever were|that are \w+|of one location that are \w+)/,
      kind,
      table,
      rows: 250_000,
      because:
        'A list of one status over years reads past the others. Only staff can ask, and they choose how far back.',
    })),
  ),
  {
    calls: /lists appointments of a location$|^… of a location|booking page for one doctor, of front_desk$/,
    kind: 'rows in vain',
    table: 'appointments',
    rows: 50_000,
    because:
      'Of 30 days or all to come at one location, it reads past those of the others. One more index would slow down each booking.',
  },
  {
    calls:
      /closes for (two years|good)|closures are listed|is withdrawn|ahead of a visit type|a time zone is corrected/,
    kind: 'rows in vain',
    table: 'appointments',
    rows: 50_000,
    because:
      'It reads years of appointments to list those of a location or a visit type. This happens a few times a year.',
  },
  ...['locations', 'visit_types'].map(
    (table): Allowance => ({
      calls:
        /^(slots (of any|with a daily cap of any)|searchSlots|the offers|the first free time|the booking page for a visit)/,
      kind: 'rows in vain',
      table,
      rows: 50_000,
      because: 'The few rows fit on a page, which it reads again for each of 500 doctors.',
    }),
  ),
  {
    calls: /^whom a block would affect$/,
    kind: 'sequential scan',
    table: 'patients',
    rows: 25_000,
    because: 'A block of many days affects many patients, and it reads all their names at once.',
  },
  {
    calls: /^a bound front desk lists appointments$/,
    kind: 'rows in vain',
    table: 'appointments',
    rows: 20_000,
    because: 'It goes through the appointments of all locations by time, and leaves out those elsewhere.',
  },
  ...['locations', 'resources'].map(
    (table): Allowance => ({
      calls: /reads the figures of all locations$/,
      kind: 'rows in vain',
      table,
      rows: 50_000,
      because: 'The few rows fit on a page, which it reads again for each of 500 doctors.',
    }),
  ),
  {
    calls: /^erasePatient$|is erased$/,
    kind: 'sequential scan',
    table: 'idempotency_keys',
    rows: 1_000_000,
    because:
      'Any answer that was kept for a retry may name the person. Answers are kept for a day, and few people are erased.',
  },
]

/** The first allowance that covers the fault. */
export function allowanceFor(call: string, fault: Fault, among = allowances): Allowance | undefined {
  return among.find(
    ({ calls, kind, table, rows }) =>
      calls.test(call) && kind === fault.kind && table === fault.table && fault.rows <= rows,
  )
}
