import type { askings } from '../../../drizzle/schema/clinic-settings.ts'
import { clinicSettings } from '../../../drizzle/schema/clinic-settings.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

export type Asking = (typeof askings)[number]

/** What people who register online are asked for. */
export interface Askings {
  birthDate: Asking
  phone: Asking
  sex: Asking
}

/** In one trip. @throws NotSignedIn, Forbidden. */
export async function findAskings({ db, actor }: ClinicContext): Promise<Askings> {
  requireRight(actor, 'register patients')
  const [asked] = await db
    .select({
      birthDate: clinicSettings.asksBirthDate,
      phone: clinicSettings.asksPhone,
      sex: clinicSettings.asksSex,
    })
    .from(clinicSettings)
  if (!asked) throw new Error('The settings are always there.')
  return asked
}
