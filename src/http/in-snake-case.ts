import type * as z from 'zod'
import { closed } from '../clinic/shapes.ts'
import { snakeCase, snakeKeys } from '../clinic/snake-case.ts'

/**
 * A verb's input as JSON bodies and queries write it, with names in snake_case. The result has the verb's own names. Faults
 * name the fields as they were written, also those found by the refinements of the whole input.
 */
export function inSnakeCase<Shape extends z.ZodRawShape>(input: z.ZodObject<Shape, z.core.$strict>) {
  const names = Object.keys(input.shape).map((name) => [name, snakeCase(name)] as const)
  function toInput(written: Record<string, unknown>) {
    const read: Record<string, unknown> = {}
    for (const [name, field] of names) if (field in written) read[name] = written[field]
    return read as z.output<typeof input>
  }
  return closed(snakeKeys(input.shape))
    .check(...(input.def.checks ?? []).map((check) => refineWritten(check, toInput)))
    .transform(toInput)
}

function refineWritten(
  refinement: z.core.$ZodCheck<never>,
  toInput: (written: Record<string, unknown>) => object,
): z.core.CheckFn<Record<string, unknown>> {
  return ({ value, issues }) => {
    const payload = { value: toInput(value) as never, issues: [] as z.core.$ZodRawIssue[] }
    refinement._zod.check(payload)
    for (const issue of payload.issues)
      issues.push({ ...issue, path: issue.path?.map((name) => snakeCase(String(name))) })
  }
}
