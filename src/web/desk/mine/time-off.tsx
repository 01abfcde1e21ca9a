import { formatTime } from '../../../i18n/dates.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import type { MineProps } from './mine-props.ts'

/** The doctor's own absences and blocks to come. */
export function TimeOff({ day, frame, times }: MineProps) {
  const { mine } = frame.copy.desk
  const written = (local: string) => `${times.date(local)} ${formatTime(local, frame.copy.language)}`
  return (
    <section class="panel" aria-labelledby="time-off">
      <header>
        <h2 id="time-off">{mine.timeOff}</h2>
      </header>
      {day.timeOff.length === 0 ? (
        <p class="none">{mine.noTimeOff}</p>
      ) : (
        <ul>
          {day.timeOff.map(({ id, kind, name, startsLocal, endsLocal }) => (
            <li>
              <div>
                <a class="name" href={paths.block(id)}>
                  <bdi>{name ?? mine.kinds[kind]}</bdi>
                </a>
                <p>{mine.span(written(startsLocal), written(endsLocal))}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <a class="add" href={paths.blocks()}>
        <Icon name="plus" /> {mine.planTimeOff}
      </a>
    </section>
  )
}
