import type * as z from 'zod'
import { closed } from '../clinic/shapes.ts'
import { snakeCase, snakeKeys } from '../clinic/snake-case.ts'

/**
 * A verb's input as JSON bodies and queries write it, with names in snake_case. The result has the verb's own names. Faults
 * name the fields as they were written, also those found by the refinements of the whole input.
 */
export function inSnakeCase<Shape extends z.ZodRawShape>(input: z.ZodObject<Shape, z.core.$strict>) {
  const names = Object.keys(input.shape).map((name) => [name, snakeCase(name)] as const)
  const toInput = (written: Record<string, unknown>) =>
    Object.fromEntries(names.flatMap(([name, field]) => (field in written ? [[name, written[field]]] : [])))
  return closed(snakeKeys(input.shape))
    .check((payload) => {
      for (const refinement of input.def.checks ?? []) {
        const named: z.core.ParsePayload = { value: toInput(payload.value), issues: [] }
        refinement._zod.check(named as never)
        for (const issue of named.issues)
          payload.issues.push({ ...issue, path: issue.path?.map((name) => snakeCase(String(name))) })
      }
    })
    .transform((written) => toInput(written) as z.output<typeof input>)
}
