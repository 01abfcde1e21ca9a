import { signLink } from '../clinic/messages/links.ts'
import type { Secrets } from '../clinic/sign.ts'
import type { Settings } from '../env.ts'
import { linkPaths } from '../messages/link-paths.ts'
import { renderMessage } from '../messages/render.tsx'
import type { Delivery } from './deliver.ts'

type Site = Pick<Settings, 'SITE_URL' | 'MAIL_FROM' | 'CALENDAR_DOMAIN'>

const day = 86_400_000
/** A link to an appointment lasts until so many days after its end, one to the preferences so many days. */
const [daysAfterwards, daysToChoose] = [7, 365]

/** Writes messages with links that the recipient can use without signing in. */
export function messageWriter(site: Site, secrets: Secrets): Delivery['write'] {
  const at = (path: string) => `${site.SITE_URL}${path}`
  return async (message, now) => {
    const { recipientKey: recipient, kind, dueAt } = message
    const tokens = new Map<number, string>()
    for (const { id: appointmentId, endAt } of message.appointments) {
      const expiresAt = new Date(Math.max(endAt.getTime(), dueAt.getTime()) + daysAfterwards * day)
      tokens.set(
        appointmentId,
        await signLink(secrets, { purpose: 'appointment', appointmentId, recipient, expiresAt }),
      )
    }
    const expiresAt = new Date(dueAt.getTime() + daysToChoose * day)
    const own = await signLink(secrets, { purpose: 'preferences', appointmentId: null, recipient, expiresAt })
    const tokenOf = (id: number) => tokens.get(id) ?? ''
    const links = {
      confirm: (id: number) => at(linkPaths.appointment(tokenOf(id))),
      change: (id: number) => at(linkPaths.appointment(tokenOf(id))),
      calendar: (id: number) => at(linkPaths.calendar(tokenOf(id))),
      rebook: () => at(linkPaths.booking),
      staff: (id: number) => at(linkPaths.staff(id)),
      preferences: at(linkPaths.preferences(own)),
      unsubscribe: at(linkPaths.unsubscribe(own, kind)),
    }
    return renderMessage(message, {
      links,
      from: site.MAIL_FROM,
      uidDomain: site.CALENDAR_DOMAIN,
      siteUrl: site.SITE_URL,
      // A late reminder must not say “tomorrow” of today.
      now: kind === 'reminder' ? now : dueAt,
    })
  }
}
