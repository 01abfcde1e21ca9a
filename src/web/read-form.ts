import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type * as z from 'zod'
import type { Fault } from '../clinic/refusals.ts'
import { type Snake, snakeCase } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'

/** The text of a field by its name; empty when there is none. */
export type Written = (name: string) => string

/**
 * The text fields of a posted form; a file is empty.
 *
 * @throws HTTPException 400 when the body is not a form.
 */
export async function readForm(c: Context<AppEnv>): Promise<Written> {
  const form = await c.req.parseBody().catch(() => {
    throw new HTTPException(400)
  })
  const texts = Object.entries(form).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  )
  const written = new Map(texts)
  c.set('form', Object.fromEntries(written))
  return (name) => written.get(name) ?? ''
}

type Fields = Record<string, z.ZodType>
type Values<F extends Fields> = z.output<z.ZodObject<F>>

/** By the form's own names, so that each fault can stand beside its field. */
type FieldFaults<F extends Fields> = { [Name in keyof F as Snake<Name>]?: Fault }

type ReadFields<F extends Fields> =
  | { ok: true; values: Values<F>; faults: FieldFaults<F> }
  | { ok: false; values: Partial<Values<F>>; faults: FieldFaults<F> }

/**
 * Reads the fields of a form, or of a query, by the shapes of a verb's input; the form writes their names in snake_case.
 * An empty field was left out. `values` lacks the fields with a fault.
 */
export function readFields<F extends Fields>(written: Written, fields: F): ReadFields<F> {
  const values: Record<string, unknown> = {}
  const faults: Record<string, Fault> = {}
  for (const [name, shape] of Object.entries(fields)) {
    const field = snakeCase(name)
    const read = shape.safeParse(written(field).trim() || undefined)
    if (read.success) values[name] = read.data
    else faults[field] = read.error.issues[0]?.message as Fault
  }
  return { ok: Object.keys(faults).length === 0, values, faults } as ReadFields<F>
}
