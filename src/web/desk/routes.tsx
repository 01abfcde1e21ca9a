import { Hono } from 'hono'
import type { AppEnv } from '../../http/app-env.ts'
import { deskBooking } from './book-routes.tsx'
import { live } from './live-routes.ts'

/** The pages on which a clinic runs its day. */
export const desk = new Hono<AppEnv>()

desk.route('/', live)
desk.route('/book', deskBooking)
