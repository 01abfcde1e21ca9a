import { getTableColumns, type InferSelectModel, sql } from 'drizzle-orm'
import { clinicSettings } from '../../../drizzle/schema/clinic-settings.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What the clinic decides for itself; `version` counts the changes. */
export type ClinicSettings = Omit<InferSelectModel<typeof clinicSettings>, 'id'>

const { id: _, ...columns } = getTableColumns(clinicSettings)
export const settingColumns = columns

/** @throws NotSignedIn, Forbidden. */
export async function findClinicSettings({ db, actor }: ClinicContext): Promise<ClinicSettings> {
  requireRight(actor, 'manage settings')
  const [settings] = await db.select(settingColumns).from(clinicSettings).where(sql`${clinicSettings.id}`)
  if (!settings) throw new Error('A migration makes the one row of settings.')
  return settings
}
