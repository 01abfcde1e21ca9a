import type { Child } from 'hono/jsx'
import type { FailureRates, Often } from '../../clinic/health/failure-rates.ts'
import type { Door } from '../../http/doors.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatCount, formatShare } from '../../i18n/numbers.ts'

/** The codes of failures on our side; all other codes are refusals. */
export const ours = ['internal', 'unavailable']

/** Failures by code, by door and by doctor. */
export function FailureTables({ copy, rates }: { copy: Copy; rates: FailureRates }) {
  const { language, health: words } = copy
  const count = ({ lastHour, lastDay }: Often) => [
    formatCount(lastHour, language),
    formatCount(lastDay, language),
  ]
  const byCode = rates.byCode.map(({ code, ...often }) => [
    <code class={ours.includes(code) ? 'ours' : undefined}>{code}</code>,
    ...count(often),
  ])
  const labels: Record<Door, string> & Record<string, string> = words.doors
  const byDoor = rates.failedByDoor.map(({ door, ...failed }) => {
    const done = rates.done.find((one) => one.door === door)
    const share = (span: keyof Often) =>
      `${formatCount(Number(failed[span]), language)} (${formatShare(
        Number(failed[span]),
        Number(failed[span]) + Number(done?.[span] ?? 0),
        language,
      )})`
    return [labels[door] ?? door, share('lastHour'), share('lastDay')]
  })
  const byDoctor = rates.byDoctor.map(({ doctorId, name, ...often }) => [
    doctorId === null ? words.noDoctor : name,
    ...count(often),
  ])
  if (byCode.length === 0) return null
  const heads = [words.lastHour, words.lastDay]
  return (
    <>
      <Figures heads={[words.byCode, ...heads]} lines={byCode} />
      <Figures heads={[words.byDoor, ...heads]} lines={byDoor} />
      <Figures heads={[words.byDoctor, ...heads]} lines={byDoctor} />
    </>
  )
}

/** A table whose first column names the numbers in its row. */
export function Figures({ heads, lines }: { heads: string[]; lines: Child[][] }) {
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, ...numbers]) => (
          <tr>
            <th scope="row">{name}</th>
            {numbers.map((number) => (
              <td>{number}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
