import type { FailureRates } from '../../clinic/health/failure-rates.ts'
import { formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatCount } from '../../i18n/numbers.ts'

/** In units of the drawing: a bar with its gap, the bar alone, and the highest bar. */
const [step, bar, height] = [10, 7, 60]

/** A bar for each of the last 24 hours, in UTC like the log. */
export function FailuresByHour({ copy, hours }: { copy: Copy; hours: FailureRates['byHour'] }) {
  const { language, health: words } = copy
  const most = Math.max(1, ...hours.map(({ failures }) => failures))
  const clock = (at: Date) => formatTime(at.toISOString().slice(0, 16), language)
  const named = (hour: (typeof hours)[number] | undefined) => (hour ? clock(hour.at) : '')
  return (
    <figure class="hours-chart">
      <figcaption>{words.byHour(formatCount(most, language))}</figcaption>
      <svg
        viewBox={`0 0 ${hours.length * step - (step - bar)} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={spoken(copy, hours)}
      >
        {hours.map(({ at, failures }, n) => {
          const high = failures === 0 ? 1 : Math.max(2, (failures / most) * height)
          return (
            <rect class={failures ? 'some' : ''} x={n * step} y={height - high} width={bar} height={high}>
              <title>{`${clock(at)}: ${formatCount(failures, language)}`}</title>
            </rect>
          )
        })}
      </svg>
      <p class="ends hint" aria-hidden="true">
        <span>{named(hours[0])}</span>
        <span>{named(hours[Math.floor(hours.length / 2)])}</span>
        <span>{named(hours.at(-1))}</span>
      </p>
    </figure>
  )
}

function spoken({ language, health: words }: Copy, hours: FailureRates['byHour']): string {
  const some = hours.filter(({ failures }) => failures > 0)
  if (some.length === 0) return words.noneByHour
  return some
    .map(({ at, failures }) => `${formatTime(at.toISOString().slice(0, 16), language)}: ${failures}`)
    .join(', ')
}
