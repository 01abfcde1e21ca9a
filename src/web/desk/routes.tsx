import { Hono } from 'hono'
import type { AppEnv } from '../../http/app-env.ts'

/** The pages on which a clinic runs its day. */
export const desk = new Hono<AppEnv>()
