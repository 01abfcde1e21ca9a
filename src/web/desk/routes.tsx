import { Hono } from 'hono'
import type { AppEnv } from '../../http/app-env.ts'
import { deskAppointments } from './appointment-routes.tsx'
import { blocks } from './block-routes.tsx'
import { deskBooking } from './book-routes.tsx'
import { day } from './day/routes.tsx'
import { dayNotes } from './day-note-routes.tsx'
import { figures } from './figures/routes.tsx'
import { deskKeys } from './key-routes.tsx'
import { live } from './live-routes.ts'
import { mine } from './mine/routes.tsx'
import { deskMove } from './move-routes.tsx'
import { stranded } from './stranded-routes.tsx'
import { walkIns } from './walk-in-routes.tsx'

/** The pages on which a clinic runs its day. */
export const desk = new Hono<AppEnv>()

desk.route('/', day)
desk.route('/', live)
desk.route('/keys', deskKeys)
desk.route('/', figures)
desk.route('/mine', mine)
desk.route('/book', deskBooking)
desk.route('/walk-ins', walkIns)
desk.route('/notes', dayNotes)
desk.route('/appointments', deskMove)
desk.route('/appointments', deskAppointments)
desk.route('/blocks', blocks)
desk.route('/to-work-through', stranded)
