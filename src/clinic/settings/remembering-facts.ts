import { pageLanguages } from '../../../drizzle/schema/clinic-settings.ts'
import type { ClinicFacts } from './facts.ts'

/** Milliseconds. */
const freshFor = 60_000

/** While the database has never answered. */
const unknownFacts: ClinicFacts = { name: null, languages: [...pageLanguages], language: 'en' }

/**
 * Looks the facts up once a minute in each isolate. Only the first page of an isolate waits for them; later ones show what
 * is known while it is looked up again. The price is a minute: that long, another isolate may show what was.
 *
 * @param lookUp in one trip.
 */
export function rememberingFacts(lookUp: () => Promise<ClinicFacts>) {
  let known: ClinicFacts | null = null
  let freshUntil = 0
  async function ask(now: Date): Promise<ClinicFacts> {
    freshUntil = now.getTime() + freshFor
    try {
      known = await lookUp()
    } catch {
      // Whoever needs the database finds out by themselves; these facts are only what pages show around it.
      freshUntil = 0
    }
    return known ?? unknownFacts
  }
  return {
    /** @param after goes on with work after the answer. */
    async get(now: Date, after: (work: Promise<unknown>) => void): Promise<ClinicFacts> {
      if (!known) return ask(now)
      if (now.getTime() >= freshUntil) after(ask(now))
      return known
    },
    /** Looks them up again before the next page. */
    forget(): void {
      known = null
    },
  }
}

export type RememberedFacts = ReturnType<typeof rememberingFacts>
