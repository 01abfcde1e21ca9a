import { raw } from 'hono/html'
import { paths } from '../../paths.ts'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon, type IconName } from '../icons.tsx'
import { UndoToast } from '../undo-toast.tsx'
import { shownColumns } from './filter.ts'
import { Grid } from './grid.tsx'
import { List } from './list.tsx'
import type { DayProps } from './page.ts'
import { NotesPanel, WalkInsPanel } from './side-panels.tsx'
import { statusForm } from './status-buttons.ts'
import { Heading, Tools, titleOf } from './tools.tsx'
import { WaitingPanel } from './waiting.tsx'

/** Where a clinic runs its day. */
export function DayPage(props: DayProps) {
  const { frame, words, day, view } = props
  const { zoom } = view.preferences
  const columns = shownColumns(day, view)
  const isList = view.view === 'list'
  const title = titleOf(props)
  return (
    <DeskLayout
      frame={frame}
      title={`${isList ? words.listOf(title) : title} · ${day.location.name}`}
      tab={isList ? 'list' : 'day'}
      place={{ shown: day.location, all: day.locations }}
      strandedCount={day.strandedCount}
      live={<Loaded {...props} />}
      hasNamesButton
      days={{
        from: day.days[0]?.date ?? day.today.date,
        to: day.days.at(-1)?.date ?? day.today.date,
        today: day.today.date,
      }}
    >
      <UndoToast frame={frame} offer={day.undoOffer} />
      <Heading {...props} />
      <Tools {...props} />
      {raw(String(statusForm(props)))}
      {isList ? (
        <List {...props} columns={columns} />
      ) : (
        <>
          <div class={`desk zoom-${zoom}`}>
            <WaitingPanel {...props} />
            {columns.length > 0 ? <Grid {...props} columns={columns} /> : <NoColumns {...props} />}
            <div class="more">
              <WalkInsPanel {...props} />
              <NotesPanel {...props} />
            </div>
          </div>
          <Legend {...props} />
        </>
      )}
    </DeskLayout>
  )
}

/** Without a script, the page says when it was loaded; the script puts "Live" there. */
function Loaded({ words, frame, times, day }: DayProps) {
  return (
    <p class="live" id="live" data-zone={day.location.timeZone}>
      <span>{words.loaded(times.clock(day.now))} · </span>
      <a href={frame.here}>{words.refresh}</a>
    </p>
  )
}

function NoColumns({ words, view }: DayProps) {
  return (
    <section class="cal empty" id="day">
      <p class="none">{view.by === 'rooms' ? words.noRooms : words.noColumns}</p>
    </section>
  )
}

const legend: { status: keyof DayProps['words']['statuses']; look: string; icon: IconName }[] = [
  { status: 'booked', look: 's-booked', icon: 'booked' },
  { status: 'late', look: 's-late', icon: 'late' },
  { status: 'arrived', look: 's-arrived', icon: 'arrived' },
  { status: 'with_doctor', look: 's-doing', icon: 'with_doctor' },
  { status: 'fulfilled', look: 's-done', icon: 'fulfilled' },
  { status: 'noshow', look: 's-noshow', icon: 'noshow' },
  { status: 'cancelled', look: 's-cancelled', icon: 'cancelled' },
  { status: 'pending', look: 's-pending', icon: 'pending' },
]

function Legend({ words }: DayProps) {
  const { keys } = words
  return (
    <ul class="legend" aria-label={words.legend}>
      {legend.map(({ status, look, icon }) => (
        <li>
          <span class={look}>
            <Icon name={icon} />
          </span>
          {words.statuses[status]}
        </li>
      ))}
      <li class="key">
        <a href={paths.deskKeys()}>
          <kbd>?</kbd> {keys.all}
        </a>
      </li>
    </ul>
  )
}
