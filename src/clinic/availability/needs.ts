import * as z from 'zod'
import { closed, fault, line, wholeNumber } from '../shapes.ts'

const kind = line(60)

const times = { beforeMinutes: wholeNumber(0, 120).default(0), afterMinutes: wholeNumber(0, 120).default(0) }

/** A person with this role, and this specialty unless it does not matter. */
export const roleNeedInput = closed({
  type: z.literal('role', { error: fault('not_a_choice') }),
  role: kind,
  specialty: line(100).nullable().default(null),
  ...times,
})

/** One room or device of any of these kinds. */
export const thingNeedInput = closed({
  type: z.enum(['room', 'device'], { error: fault('not_a_choice') }),
  kinds: z
    .array(kind, { error: fault('not_a_list') })
    .min(1, { error: fault('missing') })
    .max(20, { error: fault('too_many_items') }),
  ...times,
})

/**
 * Someone or something that every appointment of a visit type takes besides its doctor and patient, with the time that it is
 * taken before and after.
 */
export type Need = z.infer<typeof roleNeedInput> | z.infer<typeof thingNeedInput>

/** At most eight; two of the same are two needs. */
export function listOfNeeds<Item extends z.ZodType<Need>>(item: Item) {
  return z.array(item, { error: fault('not_a_list') }).max(8, { error: fault('too_many_items') })
}

type Discriminable = z.core.$ZodTypeDiscriminable & z.ZodType

/** Either of the two, which a door may write in its own way. */
export const eitherNeed = <Role extends Discriminable, Thing extends Discriminable>(
  role: Role,
  thing: Thing,
) => z.discriminatedUnion('type', [role, thing], { error: fault('not_a_choice') })

export const needInput = eitherNeed(roleNeedInput, thingNeedInput)
