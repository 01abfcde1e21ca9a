import {
  type FindSecurityEvents,
  findSecurityEvents,
  readSecurityPage,
} from '../../src/clinic/accounts/find-security-events.ts'
import { changeMessageTexts } from '../../src/clinic/messages/change-texts.ts'
import { findMessageTexts } from '../../src/clinic/messages/find-texts.ts'
import { changeClinicSettings } from '../../src/clinic/settings/change.ts'
import { findClinicSettings } from '../../src/clinic/settings/find.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

/** Reads the security log with every filter, and its page. */
export async function readSecurityLog({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const admin = clinic.context(as.admin)
  const { accountId } = cast
  const monthAgo = new Date(now.getTime() - 30 * 86_400_000)
  const filters: Record<string, Omit<FindSecurityEvents, 'limit'>> = {
    'from the newest on': {},
    'of a month': { from: monthAgo, to: now },
    'of an account': { accountId },
    'of an account, of a kind': { accountId, kind: 'session.ended' },
    'of an account, of a month': { accountId, from: monthAgo, to: now },
    'of a frequent kind': { kind: 'sign_in.succeeded' },
    'of a rare kind': { kind: 'role.changed' },
    'of a rare kind, of a month': { kind: 'role.changed', from: monthAgo },
    'of a kind that never was': { kind: 'data.erased', to: now },
  }
  for (const [name, filter] of Object.entries(filters)) {
    await call(`the security log is read, ${name}`, () => findSecurityEvents(admin, { ...filter, limit: 50 }))
    const after = { at: monthAgo, id: 1 }
    await call('… after a page', () => findSecurityEvents(admin, { ...filter, limit: 50, after }))
  }
  await call('the page of the security log is read', () => readSecurityPage(admin, { limit: 50 }))
  await call('… of a rare kind', () => readSecurityPage(admin, { kind: 'role.changed', limit: 50 }))
}

export async function changeSettings({ as, ...clinic }: Explained, { call, refused }: Recorder) {
  const admin = clinic.context(as.admin)
  const keyed = clinic.keyed(as.admin)
  const { version } = await call('the settings are read', () => findClinicSettings(admin))
  const change = { mostHolds: 20, version }
  await call('the settings are changed', () => changeClinicSettings(keyed, change))
  await call('… and again with the same key', () => changeClinicSettings(keyed, change))
  await refused('settings that have changed since are changed', 'stale', () =>
    changeClinicSettings(admin, { ...change, mostHolds: 10 }),
  )
}

export async function writeMessages({ as, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const admin = clinic.context(as.admin)
  const text = { subject: 'On {start_day}', body: '{when} {change_link}' }
  const booked = { kind: 'booked', channel: 'email', seen: { en: null, id: null } } as const
  await call('the texts of messages are read', () => findMessageTexts(admin))
  await call('the texts of a message are changed', () =>
    changeMessageTexts(clinic.keyed(as.admin), { ...booked, texts: { en: text, id: null } }),
  )
  await refused('texts that have changed since are changed', 'stale', () =>
    changeMessageTexts(admin, { ...booked, texts: { en: text, id: text } }),
  )
  await call('… and are ours again', () =>
    changeMessageTexts(admin, { ...booked, texts: { en: null, id: null }, seen: { en: now, id: null } }),
  )
}
