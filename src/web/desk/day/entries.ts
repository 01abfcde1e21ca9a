import { html } from 'hono/html'
import type { Column, Entry } from '../../../clinic/day/columns.ts'
import type { DayAppointment } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import { isOver, minutesSo, mostMinutes, sinceOf, statusAt } from '../../../clinic/day/standing.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { badgeList, badgesOf, iconOf } from './badges.ts'
import { closedWords } from './closed-words.ts'
import { type DayProps, mayBook } from './page.ts'
import { nameOf } from './patient-name.ts'
import { sayingOf } from './saying.ts'
import { actionsOf, joinForm, statusButton } from './status-buttons.ts'

/** Of each status: its class in the style sheet. */
export const classOf: Record<DeskStatus, string> = {
  booked: 'is-booked',
  late: 'is-late',
  arrived: 'is-arrived',
  with_doctor: 'is-doing',
  fulfilled: 'is-done',
  noshow: 'is-noshow',
  cancelled: 'is-cancelled',
  pending: 'is-pending',
}

/** What the rows and the lane of an entry are, as classes. */
export interface Place {
  classes: string
  span: number
}

// These are made a thousand times on a page, so they are text and not elements.
export function entryItem(props: DayProps, column: Column, entry: Entry, place: Place) {
  if (entry.kind === 'free')
    return mayBook(props, column.doctor?.id) ? freeItem(props, column, entry.start, place) : ''
  if (entry.kind === 'closed') {
    const words = closedWords(entry, props)
    return html`<li class="closed ${place.classes}"><span>${words}</span></li>`
  }
  if (entry.kind === 'block') return blockItem(props, column, entry, place)
  return appointmentItem(props, column, entry.one, place)
}

function freeItem(
  { words, times, day }: DayProps,
  { doctor, room }: Column,
  start: number,
  { classes }: Place,
) {
  const [local, time] = [times.local(start), times.clock(start)]
  const who: Record<string, string> = doctor
    ? { doctor_id: String(doctor.id) }
    : { resource_id: String(room?.id ?? '') }
  const path = paths.deskBooking({ ...who, start_at: local, location: String(day.location.id) })
  const label = doctor ? words.bookAt(time, doctor.name) : words.bookInRoom(time, room?.name ?? '')
  return html`<li class="free ${classes}"><a href="${path}" data-start="${local}" data-doctor="${doctor?.id ?? ''}" aria-label="${label}">${iconOf('plus')}<span class="on">${words.bookShort} </span>${time}</a></li>`
}

function blockItem(
  { words, times, day, isDesk }: DayProps,
  { doctor }: Column,
  { off, affected }: Extract<Entry, { kind: 'block' }>,
  { classes }: Place,
) {
  const name = off.name ?? words.blockNamed[off.kind === 'reserve' ? 'reserve' : 'block']
  const local = times.local(off.start)
  const booking = paths.deskBooking({
    doctor_id: String(doctor?.id ?? ''),
    start_at: local,
    location: String(day.location.id),
  })
  const note =
    off.kind === 'reserve' && isDesk && off.start >= day.now
      ? html`<a class="use" href="${booking}" data-start="${local}" data-doctor="${doctor?.id ?? ''}">${words.mayUse}</a>`
      : words.affects(affected)
  return html`<li class="block ${classes}"><a href="${paths.block(off.id)}">${isolate(name)}</a><br>${times.clock(off.start)}–${times.clock(off.end)} · ${note}</li>`
}

function appointmentItem(props: DayProps, column: Column, one: DayAppointment, { classes, span }: Place) {
  const { words, times, day } = props
  const status = statusAt(one, day.now)
  const size = span <= 4 ? 'one' : span <= 6 ? 'mid' : 'tall'
  const [first, ...others] = actionsOf(one, status, props)
  // What is usual has its button in the block; an undo of it is for the key, and stands on the appointment's page.
  const isUndone = first === 'undo' && status === 'fulfilled'
  const minutes = minutesSo(one, status, day.now)
  const most = isOver(minutes, status, day.alerts) ? mostMinutes(status, day.alerts) : null
  const all = badgesOf(one, words, { minutes, since: sinceOf(one, status), most })
  const join = joinForm(props, one)
  const hasButton = join !== undefined || (first !== undefined && !isUndone)
  const badges = badgeList(all, words, mostIn(span, hasButton))
  const time = `${times.clock(one.start)}–${times.clock(one.end)}`
  const label = html`<span class="st">${iconOf(status)}<span class="w">${words.statuses[status]}</span></span>`
  const whole = one.offBecause ? html` title="${one.offBecause}"` : ''
  const type = html`<span class="ty"${whole}><span class="vh">${time}, </span>${typeOf(props, one, status)}</span>`
  const buttons = [
    join,
    first && statusButton(props, one, first, { hidden: isUndone }),
    ...others.map((action) => statusButton(props, one, action, { hidden: true })),
  ]
  const look = `${size}${hasButton ? ' act' : ''}${badges ? ' hb' : ''}`
  return html`<li class="appt ${classOf[status]} ${look} ${classes}" id="a${one.id}" data-id="${one.id}" data-version="${one.version}" data-start="${times.local(one.start)}" data-end="${times.local(one.end)}" data-doctor="${column.doctor?.id ?? one.doctorId}" data-status="${status}">${nameLink(one, words)}${label}${type}${badges}${buttons.map((button) => button ?? '')}</li>`
}

/** How many badges stand in a block of so many tracks; a button takes the place of one. */
function mostIn(span: number, hasButton: boolean): number {
  if (span <= 3) return 0
  if (span <= 6) return hasButton ? 2 : 3
  return 6
}

export function nameLink(one: DayAppointment, words: DayProps['words']) {
  if (one.capacity !== null)
    return html`<a class="name" href="${paths.session(one.id)}">${one.visitType ?? ''}</a>`
  const href = paths.deskAppointment(one.id)
  return html`<a class="name" href="${href}">${one.patient ? nameOf(one.patient) : words.heldOnline}</a>`
}

/** The visit type, or what staff must know instead. */
function typeOf(props: DayProps, one: DayAppointment, status: DeskStatus): string {
  const type = one.visitType ?? ''
  if (one.capacity !== null) return props.words.places(one.placesTaken, one.capacity)
  if (status === 'with_doctor') return type
  const saying = sayingOf(props, one, status)
  return status === 'pending' && type ? `${type} · ${saying}` : saying || type
}
