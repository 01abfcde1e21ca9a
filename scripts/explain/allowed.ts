import type { Fault, FaultKind } from './judge.ts'

/** A fault that is none, and why. */
export interface Allowance {
  /** Of the calls. */
  calls: RegExp
  kind: FaultKind
  /** Null of what spills. */
  table: string | null
  /** It may read no more. */
  rows: number
  because: string
}

/** What may be read as the judge says it must not. Those for one reason stand together; reasons that nothing needs are told. */
export const allowances: Allowance[] = [
  ...(['events', 'appointments'] as const).flatMap((table): Allowance[] =>
    (['sequential scan', 'whole index'] as const).map((kind) => ({
      calls: /^every event is verified$/,
      kind,
      table,
      rows: Number.POSITIVE_INFINITY,
      because: 'Its purpose is to read every event and every appointment; a person starts it by hand.',
    })),
  ),
  {
    calls: /^every event is verified$/,
    kind: 'spill to disk',
    table: null,
    rows: Number.POSITIVE_INFINITY,
    because:
      'It compares all events at once, which is more than work_mem; it waits for a disk, and nobody for it.',
  },
  {
    calls: /booking page|page of a hold|looks for a patient/,
    kind: 'sequential scan',
    table: 'patients',
    rows: 2_000,
    because:
      'The first 21 of many are wanted, of anybody or of a common name: it stops as soon as it has them.',
  },
  {
    calls: /booking page, looking for|front desk lists patients named/,
    kind: 'sequential scan',
    table: 'patients',
    rows: 1_000_000,
    because: 'Two letters are too few for the index, and there are names of two letters: all are read.',
  },
  ...(['rows in vain', 'sequential scan'] as const).flatMap((kind): Allowance[] =>
    ['appointments', 'patients'].map((table) => ({
      calls: /lists appointments (all there ever were|that are \w+|of one location that are \w+)/,
      kind,
      table,
      rows: 250_000,
      because:
        'A list of one status over years walks past the others; only the clinic’s own people ask, and choose how far back.',
    })),
  ),
  {
    calls: /closes for two years|closures are listed/,
    kind: 'rows in vain',
    table: 'appointments',
    rows: 50_000,
    because: 'Two years of a location are read to name what is booked in them; done a few times a year.',
  },
]

/** The first allowance for the fault, if there is one. */
export function allowanceFor(call: string, fault: Fault, among = allowances): Allowance | undefined {
  return among.find(
    ({ calls, kind, table, rows }) =>
      calls.test(call) && kind === fault.kind && table === fault.table && fault.rows <= rows,
  )
}
