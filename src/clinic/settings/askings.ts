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

/** The query for them; not sent yet, so that a page can add it to its one batch. */
export const askingsIn = ({ db }: ClinicContext) =>
  db
    .select({
      birthDate: clinicSettings.asksBirthDate,
      phone: clinicSettings.asksPhone,
      sex: clinicSettings.asksSex,
    })
    .from(clinicSettings)

/** In one trip. @throws NotSignedIn, Forbidden. */
export async function findAskings(ctx: ClinicContext): Promise<Askings> {
  requireRight(ctx.actor, 'register patients')
  return theAskings(await askingsIn(ctx))
}

export function theAskings([asked]: Askings[]): Askings {
  if (!asked) throw new Error('The settings are always there.')
  return asked
}
