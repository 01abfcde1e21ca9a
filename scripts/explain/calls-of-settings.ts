import { findAhead } from '../../src/clinic/availability/find-ahead.ts'
import { readResourcesPage } from '../../src/clinic/availability/read-resources-page.ts'
import { findHistory, readHistoryPage } from '../../src/clinic/settings/find-history.ts'
import { readManaged } from '../../src/clinic/settings/read-managed.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

/** Reads what the pages show on which admins set up the clinic. */
export async function callsOfSettings({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const admin = clinic.context(as.admin)
  const { locationId } = cast
  await call('a location is read for its form', () => readManaged(admin, 'location', locationId))
  await call('… with what has changed since', () => readManaged(admin, 'location', locationId, 0))
  await call('the appointments ahead at a location are read', () => findAhead(admin, { locationId }))
  const { visitTypeId } = cast
  await call('the appointments ahead of a visit type are read', () => findAhead(admin, { visitTypeId }))
  const page = await call('a page of rooms and devices is read', () =>
    readResourcesPage(admin, { q: '', limit: 50 }),
  )
  await call('… after a page', () =>
    readResourcesPage(admin, { q: '', limit: 50, after: { name: 'Room 1', id: 1 } }),
  )
  const resourceId = page.resources[0]?.id ?? 0
  await call('the appointments ahead with a room are read', () => findAhead(admin, { resourceId }))
  await call('rooms are found', () =>
    readResourcesPage(admin, { q: 'room', locationId, type: 'room', isActive: true, limit: 50 }),
  )
  const after = { at: now, id: 1 }
  const from = new Date(now.getTime() - 30 * 86_400_000)
  await call('the page of the settings’ history is read', () => readHistoryPage(admin, { limit: 50 }))
  await call('the history of one location is read', () =>
    findHistory(admin, { subject: 'location', key: String(locationId), limit: 50 }),
  )
  await call('the history of an account is read', () =>
    findHistory(admin, { accountId: cast.accountId, from, to: now, limit: 50, after }),
  )
}
