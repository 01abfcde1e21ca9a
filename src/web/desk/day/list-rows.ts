import { html } from 'hono/html'
import type { Column, Entry } from '../../../clinic/day/columns.ts'
import type { DayAppointment, Minute } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import { isOver, minutesSo, mostMinutes, statusAt } from '../../../clinic/day/standing.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { badgeList, badgesOf, iconOf } from './badges.ts'
import { classOf, nameLink } from './entries.ts'
import { type DayProps, mayBook, running } from './page.ts'
import { listSayingOf } from './saying.ts'
import { actionsOf, joinForm, statusButton } from './status-buttons.ts'

interface Free {
  at: Minute
  doctors: { id: number; name: string }[]
}

export type Row = { at: Minute; one: DayAppointment } | Free

/** At most so many offers stand in one row. */
const mostOffers = 5

/** Appointments by their start, and before them where each stretch of free time begins. */
export function rowsInOrder(all: DayAppointment[], columns: Column[], now: Minute): Row[] {
  const free = new Map<Minute, Free['doctors']>()
  for (const { doctor, entries } of columns)
    for (const at of doctor ? beginningsOf(entries, now) : [])
      free.set(at, [...(free.get(at) ?? []), ...(doctor ? [doctor] : [])])
  const offers: Row[] = [...free].map(([at, doctors]) => ({ at, doctors }))
  const rows: Row[] = all.map((one) => ({ at: one.start, one }))
  return [...offers, ...rows].toSorted((one, other) => one.at - other.at)
}

/** Where each stretch of free time begins. */
function beginningsOf(entries: Entry[], now: Minute): Minute[] {
  const free = entries.filter(({ kind }) => kind === 'free')
  return free
    .filter(({ start }, index) => start >= now && free[index - 1]?.end !== start)
    .map(({ start }) => start)
}

export function openRow(props: DayProps, { at, doctors: free }: Free) {
  const { words, times, day } = props
  const doctors = free.filter(({ id }) => mayBook(props, id))
  if (doctors.length === 0) return ''
  const [local, time] = [times.local(at), times.clock(at)]
  const links = doctors.slice(0, mostOffers).map(({ id, name }) => {
    const path = paths.deskBooking({
      doctor_id: String(id),
      start_at: local,
      location: String(day.location.id),
    })
    return html`<a href="${path}" data-start="${local}" data-doctor="${id}">${iconOf('plus')}${words.bookAt(time, name)}</a>`
  })
  const rest = doctors.length - mostOffers
  return html`<li class="open"><p class="time">${time}</p><div>${links}${rest > 0 ? html`<span>${words.moreFree(rest)}</span>` : ''}</div></li>`
}

export function appointmentRow(props: DayProps, one: DayAppointment) {
  const { words, times, day } = props
  const status = statusAt(one, day.now)
  const doctor = day.doctors.find(({ id }) => id === one.doctorId)?.name ?? ''
  const room = day.roomNames[String(one.rooms[0])]
  const badges = badgeList(badgesOf(one, words), words)
  const buttons = actionsOf(one, status, props).map((action) =>
    statusButton(props, one, action, { classes: lookOf(action, status) }),
  )
  return html`<li class="${classOf[status]}" id="a${one.id}" data-id="${one.id}" data-version="${one.version}" data-start="${times.local(one.start)}" data-end="${times.local(one.end)}" data-doctor="${one.doctorId}" data-status="${status}"><p class="time">${times.clock(one.start)}<span>${words.minutes(one.end - one.start)}</span></p><div><h3>${nameLink(one, words)}</h3>${badges}</div><p class="what">${one.visitType ?? ''}<span>${[isolate(doctor), room].filter(Boolean).join(' · ')}</span></p><p class="st">${iconOf(status)}<span>${statusWords(props, one, status)}</span></p><div class="acts">${joinForm(props, one, 'btn') ?? ''}${buttons}</div></li>`
}

function lookOf(action: string, status: DeskStatus): string {
  if (action === 'undo') return 'btn bare'
  if (action === 'noShow') return 'btn no'
  return status === 'booked' ? 'btn' : 'btn main'
}

/** The status, and below it since when, until when, or by whom. */
function statusWords(props: DayProps, one: DayAppointment, status: DeskStatus) {
  const { words, day } = props
  const minutes = minutesSo(one, status, day.now)
  const over = isOver(minutes, status, day.alerts)
  const below = listSayingOf(props, one, status, minutes)
  const lasting = words.minutes(minutes ?? 0)
  const word = status === 'late' ? words.lateBy(lasting) : words.statuses[status]
  const alert = over ? words.overMinutes(mostMinutes(status, day.alerts) ?? 0) : ''
  const look = alert ? html` class="over"` : ''
  const clock = running(one.arrived, (count) => words.waitingSince(words.minutes(count)))
  const text =
    status === 'arrived'
      ? html`<span data-since="${clock.since}" data-words="${clock.words}">${below}</span>`
      : below
  const between = below && alert ? ' · ' : ''
  return html`${word}${below || alert ? html`<small${look}>${text}${between}${alert}</small>` : ''}`
}
