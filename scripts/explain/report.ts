import { styleText } from 'node:util'
import { type Allowance, allowanceFor, allowances } from './allowed.ts'
import type { Unsent } from './coverage.ts'
import type { Fault } from './judge.ts'
import type { RecordedCall } from './recorder.ts'

export interface Verdict {
  calls: RecordedCall[]
  /** The number of queries in the code. */
  queries: number
  unsent: Unsent[]
  /** Faults that no allowance covers. */
  faults: { call: string; fault: Fault }[]
  /** Allowances that no fault needed. */
  idle: Allowance[]
  allowed: number
}

/** Compares the recorded calls with the allowances. */
export function weigh(calls: RecordedCall[], queries: number, unsent: Unsent[]): Verdict {
  const found = calls.flatMap(({ name, faults }) =>
    faults.map((fault) => ({ call: name, fault, allowance: allowanceFor(name, fault) })),
  )
  const used = new Set(found.map(({ allowance }) => allowance?.because))
  const faults = found.filter(({ allowance }) => !allowance).map(({ call, fault }) => ({ call, fault }))
  return {
    calls,
    queries,
    unsent,
    faults,
    idle: allowances.filter((allowance) => !used.has(allowance.because)),
    allowed: found.length - faults.length,
  }
}

/** Prints a line per call, then the faults, then the totals. */
export function print(verdict: Verdict): void {
  const faulty = new Set(verdict.faults.map(({ call }) => call))
  for (const call of verdict.calls) console.log(lineOf(call, faulty.has(call.name)))
  console.log('')
  for (const { call, fault } of oncePerQuery(verdict.faults)) {
    console.log(`${styleText('red', '✘')} ${call}: ${fault.kind}. ${fault.says}`)
    console.log(styleText('dim', `  ${fault.query.replace(/\s+/g, ' ').trim().slice(0, 300)}`))
  }
  for (const { place, why, excerpt } of verdict.unsent)
    console.log(`${styleText('red', '✘')} ${place} was ${why}: ${excerpt}`)
  for (const { because } of verdict.idle)
    console.log(`${styleText('red', '✘')} An allowance that is no longer needed: ${because}`)
  const { calls } = verdict
  const sum = (of: (call: RecordedCall) => number) => calls.reduce((total, call) => total + of(call), 0)
  console.log(
    `${calls.length} calls, ${sum(({ trips }) => trips)} trips, ${sum(({ statements }) => statements)} statements, ` +
      `${(sum(({ ms }) => ms) / 1000).toFixed(1)} s in PostgreSQL; ${verdict.queries} queries in the code, ` +
      `${verdict.unsent.length} of them did not run; ${verdict.faults.length} faults, ${verdict.allowed} allowed.`,
  )
}

function lineOf(call: RecordedCall, isFaulty: boolean): string {
  const { name, trips, statements, ms, buffers, slowest, indexes } = call
  const sums = `${trips} trips ${statements} statements ${ms.toFixed(1)} ms ${buffers} pages`
  const node = slowest ? `; ${slowest.node} ${slowest.ms.toFixed(1)} ms` : ''
  const mark = isFaulty ? styleText('red', '✘') : styleText('green', '✔')
  return `${mark} ${name}: ${sums}${node} ${styleText('dim', indexes.join(' '))}`
}

/** A query that fails in many calls is reported once. */
function oncePerQuery(faults: Verdict['faults']): Verdict['faults'] {
  const first = new Map<string, Verdict['faults'][number]>()
  for (const found of faults) {
    const key = `${found.fault.kind} ${found.fault.table} ${found.fault.query}`
    if (!first.has(key)) first.set(key, found)
  }
  return [...first.values()]
}

export function isSound({ faults, unsent, idle }: Verdict): boolean {
  return faults.length === 0 && unsent.length === 0 && idle.length === 0
}
