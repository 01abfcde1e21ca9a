import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import type { MineProps } from './mine-props.ts'

/** Other days, and the day or the week. */
export function Tools({ day, days, times, frame, words }: MineProps) {
  const { mine } = frame.copy.desk
  const first = day.days[0]?.date ?? day.today.date
  const week = days === 7 ? '7' : ''
  const to = (date: string) => paths.deskMine({ on: date, days: week })
  const isNow = day.days.some(({ date }) => date === day.today.date)
  const [before, after] = [later(first, -days), later(first, days)]
  return (
    <div class="bar tools">
      <nav class="seg" aria-label={mine.date}>
        <a href={to(before)}>
          <Icon name="previous" />
          <span class="vh">{mine.previous(times.date(before))}</span>
        </a>
        <a href={paths.deskMine({ days: week })} aria-current={isNow ? 'date' : undefined}>
          {days === 7 ? mine.thisWeek : mine.today}
        </a>
        <a href={to(after)}>
          <Icon name="next" />
          <span class="vh">{mine.next(times.date(after))}</span>
        </a>
      </nav>
      <nav class="seg" aria-label={mine.view}>
        <a href={paths.deskMine({ on: isNow ? '' : first })} aria-current={days === 1 ? 'page' : undefined}>
          {mine.day}
        </a>
        <a
          href={paths.deskMine({ on: isNow ? '' : first, days: '7' })}
          aria-current={days === 7 ? 'page' : undefined}
        >
          {mine.week}
        </a>
      </nav>
      <div class="btns push">
        <a class="btn main" href={paths.deskBooking({ return_to: frame.here })}>
          {words.book}
        </a>
      </div>
    </div>
  )
}

const dayLong = 24 * 60 * 60 * 1000
const later = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * dayLong).toISOString().slice(0, 10)
