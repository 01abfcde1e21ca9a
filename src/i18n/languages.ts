import { type Copy, en } from './en.ts'
import { id } from './id.ts'

/** Every language that the pages speak; a key that one of them lacks does not compile. */
export const languages = { en, id } satisfies Record<string, Copy>

export type Language = keyof typeof languages

export const languageCodes = Object.keys(languages) as Language[]
