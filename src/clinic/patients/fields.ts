import * as z from 'zod'
import { identifierIssuers } from '../../../drizzle/schema/patient-identifiers.ts'
import { channels, sexes } from '../../../drizzle/schema/patients.ts'
import { fault } from '../shapes.ts'

const error = fault('not_a_choice')

/** Sex as recorded for care. */
export const sex = z.enum(sexes, { error })
export const channel = z.enum(channels, { error })
export const issuer = z.enum(identifierIssuers, { error })
