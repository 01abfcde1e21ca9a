import { type Copy, en } from './en.ts'
import { id } from './id.ts'

/** The languages of the pages; one that lacks a key does not compile. */
export const languages = { en, id } satisfies Record<string, Copy>

export type Language = keyof typeof languages

export const languageCodes = Object.keys(languages) as Language[]

/** A BCP 47 tag by its name in another language: `id` is Indonesian in English. */
export function languageName(tag: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag
}
