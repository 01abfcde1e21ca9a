import { clinicSettings, type pageLanguages } from '../../../drizzle/schema/clinic-settings.ts'
import type { ClinicContext } from '../context.ts'

type PageLanguage = (typeof pageLanguages)[number]

/** What every page shows of the clinic. */
export interface ClinicFacts {
  /** As patients know it; null without one. */
  name: string | null
  /** Of the pages; at least one. */
  languages: PageLanguage[]
  /** One of them, for those whose own is none of them. */
  language: PageLanguage
}

/** The query for them; not sent yet, so that a page can add it to its one batch. Open to everyone. */
export const factsIn = ({ db }: Pick<ClinicContext, 'db'>) =>
  db
    .select({
      name: clinicSettings.name,
      languages: clinicSettings.languages,
      language: clinicSettings.messagesLanguage,
    })
    .from(clinicSettings)

export function theFacts([facts]: ClinicFacts[]): ClinicFacts {
  if (!facts) throw new Error('A migration makes the one row of settings.')
  return facts
}
