import type { LoggedRequest } from './read-log.ts'
import { type Outcome, reasonNotToSend } from './send.ts'

/** Whether the status differs from the original one. */
export function differs({ request, status }: Outcome): boolean {
  return status !== request.status
}

/** A table of routes with statuses and medians then and now, followed by each answer that differs. */
export function report(outcomes: Outcome[]): string {
  const byRoute = Map.groupBy(outcomes, ({ request }) => `${request.method} ${request.route}`)
  const rows = [...byRoute].map(([route, of]) => [
    route,
    String(of.length),
    change(tally(of.map(({ request }) => request.status)), tally(of.map(({ status }) => status))),
    change(median(of.map(({ request }) => request.duration_ms)), median(of.map(({ ms }) => ms))),
  ])
  const table = align([['route', 'sent', 'status then → now', 'p50 then → now'], ...rows.sort()])
  return [...table, '', ...outcomes.filter(differs).map(describeDifference)].join('\n')
}

/** The requests that were not sent, counted by reason. */
export function reportUnsent(requests: LoggedRequest[], writes: boolean): string[] {
  const reasons = Map.groupBy(requests, (request) => reasonNotToSend(request, writes))
  return [...reasons].map(([reason, of]) => {
    const routes = tally(of.map(({ method, route }) => `${method} ${route}`))
    return `– ${of.length} not sent: ${reason} (${routes})`
  })
}

function describeDifference({ request, status, refusal }: Outcome): string {
  const { request_id, method, path } = request
  const then = [request.status, request.refusal].filter(Boolean).join(' ')
  const now = [status || 'no answer', refusal].filter(Boolean).join(' ')
  return `✘ ${request_id}  ${method} ${path}  ${then} → ${now}`
}

function tally(values: (string | number)[]): string {
  const counted = [...Map.groupBy(values, (value) => String(value || 'no answer'))].sort()
  return counted.map(([value, { length }]) => (length > 1 ? `${length} × ${value}` : value)).join(', ')
}

function change(then: string, now: string): string {
  return then === now ? now : `${then} → ${now}`
}

function median(values: number[]): string {
  const sorted = values.toSorted((one, other) => one - other)
  return `${Math.round(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0)} ms`
}

function align(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
