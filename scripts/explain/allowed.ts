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
]

/** The first allowance for the fault, if there is one. */
export function allowanceFor(call: string, fault: Fault, among = allowances): Allowance | undefined {
  return among.find(
    ({ calls, kind, table, rows }) =>
      calls.test(call) && kind === fault.kind && table === fault.table && fault.rows <= rows,
  )
}
