import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import type { Secrets } from '../sign.ts'

/** What a walk-in sees on their own page; nothing in it says who they are. */
export interface WalkInTicket {
  number: number
  location: string
  state: 'waiting' | 'booked' | 'left' | 'over'
  /** How many wait with a lower number; null once they do not wait any more. */
  ahead: number | null
  /** When it is likely, or agreed, to be their turn, on the location's clock. */
  expectedLocal: string | null
  nowLocal: string
}

/** The end of the address of a walk-in's own page, short enough to be typed from a slip of paper. */
export async function signTicket(secrets: Secrets, id: number): Promise<string> {
  return `${id}-${short(await secrets.sign(textOf(id)))}`
}

/** The walk-in of an address that `signTicket` wrote; null for any other. */
export async function readTicket(secrets: Secrets, token: string): Promise<number | null> {
  const [, written = '', signature = ''] = /^(\d{1,15})-([\w-]{16})$/.exec(token) ?? []
  const id = Number(written)
  const ours = written ? await secrets.signWithEach(textOf(id)) : []
  return ours.some((own) => isSame(short(own), signature)) ? id : null
}

const textOf = (id: number) => `walk-in\n${id}`

/** 96 bits are more than anybody can guess within the day for which the page is of use. */
const short = (signature: string) => signature.slice(0, 16)

/** Takes as long wherever the first difference is. */
function isSame(own: string, other: string): boolean {
  let difference = own.length ^ other.length
  for (let n = 0; n < own.length; n++) difference |= own.charCodeAt(n) ^ other.charCodeAt(n)
  return difference === 0
}

/** Anybody who has the address may look. Null when there is no such walk-in any more. */
export async function findTicket(
  { db, now }: Pick<ClinicContext, 'db' | 'now'>,
  id: number,
): Promise<WalkInTicket | null> {
  const { rows } = await db.execute<{
    number: number
    location: string
    state: WalkInTicket['state']
    ahead: number | null
    expected_local: string | null
    now_local: string
  }>(sql`
    select number, location, state, ahead, expected_local, now_local
    from describe_walk_in(${id}::bigint, ${now.toISOString()}::timestamptz)`)
  const [row] = rows
  if (!row) return null
  const { expected_local, now_local, ...ticket } = row
  return { ...ticket, expectedLocal: expected_local, nowLocal: now_local }
}
