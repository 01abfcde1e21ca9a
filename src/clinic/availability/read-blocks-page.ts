import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { camelKeys } from '../snake-case.ts'
import type { Absentee } from './absence-reach.ts'
import type { TimeOffKind } from './absence-row.ts'

/** An appointment that is in the way of an absence. */
export interface InTheWay {
  id: number
  startLocal: string
  patientId: number | null
  patient: string | null
  phone: string | null
  doctor: string
  visitType: string | null
}

type BlockKind = TimeOffKind | 'hours' | 'out_of_order' | 'closed'

/** Time off, a block, a reserve or extra hours of a doctor, a room or device that is out of order, or a closure. */
export interface Block {
  absentee: Absentee
  id: number
  ofId: number
  ofName: string
  kind: BlockKind
  reason: string | null
  /** Of a doctor: at all of their locations. */
  everywhere: boolean
  startLocal: string
  endLocal: string
  /** In the way of it; those in extra hours. */
  appointments: InTheWay[]
}

interface Named {
  id: number
  name: string
}

export interface BlocksContent {
  location: Named
  locations: Named[]
  /** The first of the seven days that are shown. */
  date: string
  doctors: (Named & { worksElsewhere: boolean })[]
  resources: Named[]
  blocks: Block[]
}

/** What somebody is about to enter. */
export interface WantedBlock {
  absentee: Absentee
  ofId: number
  everywhere: boolean
  startLocal: string
  endLocal: string
}

interface BlocksWish {
  /** The person's first, when left out. */
  locationId?: number | undefined
  /** Today, when left out. */
  on?: string | undefined
  wanted?: WantedBlock | undefined
}

/**
 * Who and what is absent at a location in the seven days from a date on, and which appointments are in the way of it, and of
 * what is about to be entered, in one trip. Doctors see only themselves.
 *
 * @throws NotFound for a location where the actor does not work, NotSignedIn, Forbidden.
 */
export async function readBlocksPage(
  ctx: ClinicContext,
  { locationId, on, wanted }: BlocksWish,
): Promise<BlocksContent & { inTheWay: InTheWay[] }> {
  requireRight(ctx.actor, 'manage time off')
  const {
    absentee = null,
    ofId = null,
    everywhere = false,
    startLocal = null,
    endLocal = null,
  } = wanted ?? {}
  const { rows } = await ctx.db.execute<{ page: object | null; in_the_way: object }>(sql`
    select page, appointments_in_way(
      ${absentee}, ${ofId}::bigint, (page #>> '{location,id}')::bigint, ${everywhere}, ${startLocal}::timestamp,
      ${endLocal}::timestamp, ${ctx.now.toISOString()}::timestamptz
    ) as in_the_way
    from read_blocks(${locationId ?? null}::bigint, ${on ?? null}::date, ${acting(ctx)}) page`)
  const [row] = rows
  if (!row?.page) throw new NotFound('location')
  return { ...(camelKeys(row.page) as BlocksContent), inTheWay: camelKeys(row.in_the_way) as InTheWay[] }
}

/** Where the page shows an entry of a doctor's time off. @throws NotFound, NotSignedIn, Forbidden. */
export async function findBlock(ctx: ClinicContext, id: number): Promise<{ locationId: number; on: string }> {
  requireRight(ctx.actor, 'manage time off')
  const { rows } = await ctx.db.execute<{ location_id: string; starts_on: string }>(sql`
    select location_id, starts_on::text from find_block(${id}::bigint, ${acting(ctx)})`)
  const [row] = rows
  if (!row) throw new NotFound('time off')
  return { locationId: Number(row.location_id), on: row.starts_on }
}
