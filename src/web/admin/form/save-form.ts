import type { Context } from 'hono'
import { Stale } from '../../../clinic/errors.ts'
import { type Managed, readManaged } from '../../../clinic/settings/read-managed.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { readForm } from '../../read-form.ts'
import { type Faults, type FormFields, readTexts, type Texts, typedTexts } from './fields.ts'
import { type FormState, postedIn, typedAgain } from './form-state.ts'

type Values<F extends FormFields> = Extract<ReturnType<typeof readTexts<F>>, { ok: true }>['values']

/** What a verb may answer instead of saving. */
interface RefusedFaults {
  ok: false
  faults: Faults
}

interface Changing<F extends FormFields, Answer> {
  fields: F
  subject: Parameters<typeof readManaged>[1]
  key: number
  save: (wish: Values<F> & { version: number }) => Promise<Answer>
}

/** What a verb answers that has done it. */
type Done<Answer> = Exclude<Answer, { ok: false }>

type Changed<Answer> =
  | { ok: true; saved: Done<Answer> }
  | { ok: false; state: FormState; managed: Managed; status: 412 | 422 }

/**
 * Saves a posted form of something that exists, or says what its page shows again: nothing that was typed is lost. A field
 * for which someone chose what others saved is left as it is.
 */
export async function changeByForm<F extends FormFields, Answer>(
  c: Context<AppEnv>,
  { fields, subject, key, save }: Changing<F, Answer>,
): Promise<Changed<Answer>> {
  const form = await readForm(c)
  const typed = typedTexts(fields, form)
  const posted = postedIn(fields, form)
  const chosen = Object.entries(posted.choices)
  const read = readTexts(
    fields,
    typed,
    chosen.filter(([, choice]) => choice === 'theirs').map(([name]) => name),
  )
  const isChosen = chosen.every(([, choice]) => choice !== null)
  const again = async (faults: Faults, refusal: 'stale' | 'invalid') => {
    const managed = await readManaged(c.var.clinic, subject, key, posted.seen)
    const state = typedAgain(fields, managed, typed, posted, faults)
    const isStale = refusal === 'stale' || state.version !== posted.version
    c.set('refusal', isStale ? 'stale' : refusal)
    return { ok: false, state, managed, status: isStale ? 412 : 422 } as const
  }
  if (!read.ok || !isChosen) return again(read.ok ? {} : read.faults, 'invalid')
  try {
    const saved = await save({ ...read.values, version: posted.version })
    return isRefused(saved) ? again(saved.faults, 'invalid') : { ok: true, saved: saved as Done<Answer> }
  } catch (error) {
    if (error instanceof Stale) return again({}, 'stale')
    throw error
  }
}

interface Adding<F extends FormFields, Answer> {
  fields: F
  save: (wish: Values<F>) => Promise<Answer>
}

type Added<Answer> = { ok: true; saved: Done<Answer> } | { ok: false; state: FormState }

/** The same for something new. */
export async function addByForm<F extends FormFields, Answer>(
  c: Context<AppEnv>,
  { fields, save }: Adding<F, Answer>,
): Promise<Added<Answer>> {
  const typed = typedTexts(fields, await readForm(c))
  const read = readTexts(fields, typed)
  const saved = read.ok ? await save(read.values) : read
  if (!isRefused(saved)) return { ok: true, saved: saved as Done<Answer> }
  c.set('refusal', 'invalid')
  return { ok: false, state: { ...emptyState(fields, {}), typed, faults: saved.faults } }
}

/** The form of something new, with what is likely filled in. */
export function emptyState(fields: FormFields, likely: Texts): FormState {
  const saved = Object.fromEntries(Object.keys(fields).map((name) => [name, '']))
  return { version: null, seen: null, saved, typed: { ...saved, ...likely }, faults: {}, clash: null }
}

const isRefused = (saved: unknown): saved is RefusedFaults =>
  typeof saved === 'object' && saved !== null && 'faults' in saved
