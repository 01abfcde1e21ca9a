import { html } from 'hono/html'
import type { DayAppointment, Minute } from '../../../clinic/day/day.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import type { IconName } from '../icons.tsx'

import { running } from './page.ts'

type Words = Copy['desk']['day']

interface Badge {
  text: string
  /** What it means here, in full; where there is no room, only read out and on hovering. */
  why?: string
  /** What a narrow block leaves out, and what stands there instead. */
  ending?: { cut: string; full: string }
  icon?: IconName
  isWarning?: boolean
  /** Of a running clock. */
  since?: Minute | null
  /** Said when it has run for too long. */
  over?: string
}

/** Since when it has had its status, and how long the clinic wants that to last if it has lasted longer. */
interface Lasting {
  minutes: number | null
  since: Minute | null
  most: number | null
}

/** The minutes first, then warnings, then the others. */
export function badgesOf(
  one: DayAppointment,
  words: Words,
  { minutes, since, most }: Lasting = { minutes: null, since: null, most: null },
): Badge[] {
  const missed = words.missed(one.missed, one.kept + one.missed)
  const all: (Badge | false)[] = [
    minutes !== null && {
      text: words.minutes(minutes),
      since,
      ...(most !== null && { over: words.overMinutes(most) }),
    },
    one.flags.includes('form_missing') && { text: words.form_missing, isWarning: true },
    one.missed > 0 && { text: missed.short, ending: missed, isWarning: true },
    one.patientId !== null && one.kept === 0 && { text: words.isNew },
    one.hasNote && { text: words.hasNote, icon: 'note' },
    one.flags.includes('interpreter') && { text: words.interpreter, icon: 'language' },
    one.flags.includes('balance') && { text: words.balance },
    one.overrideReason !== null && { text: words.override, why: one.overrideReason },
    one.walkInNumber !== null && { text: words.walkIn(one.walkInNumber) },
    one.isConfirmed && { text: words.confirmed, icon: 'fulfilled' },
  ]
  return all.filter((badge) => badge !== false)
}

/** As many as fit; the others are read out. */
export function badgeList(badges: Badge[], words: Words, most = badges.length) {
  if (badges.length === 0) return ''
  const [shown, others] = [badges.slice(0, most), badges.slice(most)]
  const rest =
    others.length > 0 &&
    html`<li class="b"><span aria-hidden="true">${words.more(others.length)}</span><span class="vh">${others.map(wholeText).join(', ')}</span></li>`
  return html`<ul class="${most > 0 ? 'bs' : 'vh'}" aria-label="${words.badges}">${shown.map(badgeItem(words))}${rest || ''}</ul>`
}

const wholeText = ({ text, why }: Badge) => (why ? `${text}: ${isolate(why)}` : text)

const badgeItem = (words: Words) => (badge: Badge) => {
  const { text, why, ending, icon, isWarning, since, over } = badge
  const end = ending
    ? html`<span class="cut">${ending.cut}</span><span class="full">${ending.full}</span>`
    : ''
  if (since) return minutesItem(text, since, words, over)
  if (why)
    return html`<li class="b" title="${why}"><span>${text}<span class="why">: ${isolate(why)}</span></span></li>`
  return html`<li class="${isWarning ? 'b warn' : 'b'}">${icon ? iconOf(icon) : ''}<span>${text}${end}</span></li>`
}

function minutesItem(text: string, since: Minute, words: Words, over?: string) {
  const clock = running(since, words.minutes)
  const alert = over ? html`${iconOf('warning')}<span class="vh">${over}: </span>` : ''
  return html`<li class="b min${over ? ' warn over' : ''}">${alert}<span data-since="${clock.since}" data-words="${clock.words}">${text}</span></li>`
}

export const iconOf = (name: IconName) =>
  html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`
