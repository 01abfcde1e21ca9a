import { type InferSelectModel, sql } from 'drizzle-orm'
import { clinicSettings } from '../../../drizzle/schema/clinic-settings.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What the clinic decides for itself; `version` counts the changes. */
export type ClinicSettings = Omit<InferSelectModel<typeof clinicSettings>, 'id'>

/** @throws NotSignedIn, Forbidden. */
export async function findClinicSettings({ db, actor }: ClinicContext): Promise<ClinicSettings> {
  requireRight(actor, 'manage settings')
  const [row] = await db.select().from(clinicSettings).where(sql`${clinicSettings.id}`)
  if (!row) throw new Error('A migration makes the one row of settings.')
  const { id: _, ...settings } = row
  return settings
}
