import type { Managed, SettingsChange } from '../../../clinic/settings/read-managed.ts'
import type { Written } from '../../read-form.ts'
import { type Faults, type FormFields, nameOf, type Texts, textOf, textsOf } from './fields.ts'

/** Whose text a field gets that two people changed; null while that is to be chosen. */
type Choice = 'theirs' | 'mine' | null

/** What happened to a form while it was filled in: someone else saved first. */
export interface Clash {
  /** Who saved last. */
  by: Pick<SettingsChange, 'by' | 'isOwn' | 'at'>
  /** Fields that both changed. */
  both: {
    name: string
    theirs: string
    mine: string
    by: Clash['by']
    choice: Choice
    /** Asked before, and not answered. */
    isMissing: boolean
  }[]
  /** Fields that only the others changed; they stay as they are now. */
  theirs: string[]
  /** Fields that only this form changes. */
  mine: string[]
}

/** What the page of a form shows. */
export interface FormState {
  /** Of what is saved; a form of another version is refused. Null for something new. */
  version: number | null
  /** The version that the form was first filled in against. */
  seen: number | null
  saved: Texts
  typed: Texts
  faults: Faults
  clash: Clash | null
}

/** A form that nobody has typed into. */
export function asSaved(fields: FormFields, { version, state }: Managed): FormState {
  const saved = textsOf(fields, state)
  return { version, seen: version, saved, typed: saved, faults: {}, clash: null }
}

/** What a posted form says besides its fields. */
export interface Posted {
  version: number
  seen: number
  /** By field that had to be chosen. */
  choices: Record<string, Choice>
}

export function postedIn(fields: FormFields, form: Written): Posted {
  const asked = form('choose').split(' ')
  const choices = Object.keys(fields)
    .filter((name) => asked.includes(nameOf(name)))
    .map((name): [string, Choice] => [name, readChoice(form(`choice_${nameOf(name)}`))])
  const version = readVersion(form('version'))
  return {
    version,
    seen: form('seen') === '' ? version : readVersion(form('seen')),
    choices: Object.fromEntries(choices),
  }
}

const readChoice = (written: string): Choice => (written === 'theirs' || written === 'mine' ? written : null)

/** What no form of ours says is no version. */
const readVersion = (written: string): number => (/^\d{1,9}$/.test(written) ? Number(written) : 0)

/**
 * A form that was not saved, with all that was typed. What one side alone changed is merged; what both changed is to be
 * chosen, and a choice counts only until the field changes again.
 *
 * @param managed with its changes since the version that was seen first.
 */
export function typedAgain(
  fields: FormFields,
  managed: Managed,
  typed: Texts,
  { version, seen, choices }: Posted,
  faults: Faults,
): FormState {
  const saved = textsOf(fields, managed.state)
  const since = managed.changes.filter((change) => change.version > version)
  const known = textsBefore(fields, saved, since)
  const names = Object.keys(fields)
  const isChanged = (name: string) => saved[name] !== known[name]
  const isTyped = (name: string) => typed[name] !== known[name] && choices[name] !== 'theirs'
  const both = names
    .filter((name) => typed[name] !== saved[name])
    .filter((name) => name in choices || (isChanged(name) && isTyped(name)))
    .map((name) => ({
      name,
      theirs: saved[name] ?? '',
      mine: typed[name] ?? '',
      by: lastOf(managed.changes, name),
      choice: isChanged(name) ? null : (choices[name] ?? null),
      isMissing: choices[name] === null && !isChanged(name),
    }))
  const isBoth = (name: string) => both.some((one) => one.name === name)
  const theirs = names.filter((name) => isChanged(name) && !isTyped(name) && !isBoth(name))
  const merged = Object.fromEntries(
    names.map((name) => [name, (theirs.includes(name) ? saved[name] : typed[name]) ?? '']),
  )
  const mine = names.filter((name) => merged[name] !== saved[name] && !isBoth(name))
  const clash = managed.changes.length > 0 ? { by: lastOf(managed.changes), both, theirs, mine } : null
  return { version: managed.version, seen, saved, typed: merged, faults, clash }
}

/** The texts before some changes: each change says how the fields were that it changed. */
function textsBefore(fields: FormFields, saved: Texts, changes: SettingsChange[]): Texts {
  const before = { ...saved }
  for (const change of changes.toReversed())
    for (const [name, field] of Object.entries(fields)) {
      const was = change.before?.[nameOf(name)]
      if (was !== undefined) before[name] = textOf(field, was)
    }
  return before
}

/** Who changed it last, or one field of it. */
function lastOf(changes: SettingsChange[], name?: string): Clash['by'] {
  const last = changes.findLast(({ before }) => name === undefined || (before && nameOf(name) in before))
  return last ?? changes.at(-1) ?? { by: null, isOwn: false, at: new Date(0) }
}
