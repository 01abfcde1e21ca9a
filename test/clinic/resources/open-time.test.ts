import { describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { addResource, openLocation } from '../../support/people.ts'

const { sql } = await openClinic({ worker: false })

/** A room in Berlin, and what is said of it. */
async function openRoom(hours: [weekday: number, opens: string, closes: string][] = []) {
  const locationId = await openLocation(sql, 'Europe/Berlin')
  const roomId = await addResource(sql, locationId)
  for (const range of hours)
    await sql.query(
      'insert into resource_hours (resource_id, weekday, opens_at, closes_at) values ($1, $2, $3, $4)',
      [roomId, ...range],
    )
  const absent = (startsAt: string, endsAt: string) =>
    sql.query('insert into resource_absences (resource_id, starts_at, ends_at) values ($1, $2, $3)', [
      roomId,
      startsAt,
      endsAt,
    ])
  const close = (startsAt: string, endsAt: string) =>
    sql.query('insert into closures (location_id, starts_at, ends_at) values ($1, $2, $3)', [
      locationId,
      startsAt,
      endsAt,
    ])
  return { locationId, roomId, absent, close }
}

/** In UTC, on one date in winter: `08:00–16:00`. */
async function openOn(roomId: number, date: string): Promise<string[] | null> {
  const { rows } = await sql.query(
    `select (
      select json_agg(
        to_char(lower(piece) at time zone 'UTC', 'HH24:MI') || '–' || to_char(upper(piece) at time zone 'UTC', 'HH24:MI')
      )
      from unnest(open.during) piece
    ) as pieces
    from open_time_of_resource($1, tstzrange($2::timestamptz, $2::timestamptz + interval '20 hours')) open`,
    [roomId, `${date}T00:00Z`],
  )
  return rows.length === 0 ? null : (rows[0].pieces ?? [])
}

const monday = '2030-01-07'

describe('the open time of a room', () => {
  it('is the whole window when it has no hours', async () => {
    const { roomId } = await openRoom()
    expect(await openOn(roomId, monday)).toEqual(['00:00–20:00'])
  })

  it('is its hours on the clock of its location', async () => {
    const { roomId } = await openRoom([
      [1, '09:00', '12:00'],
      [1, '13:00', '17:00'],
    ])
    expect(await openOn(roomId, monday)).toEqual(['08:00–11:00', '12:00–16:00'])
    expect(await openOn(roomId, '2030-01-08')).toEqual([])
  })

  it('lacks its absences and the closures of its location', async () => {
    const room = await openRoom([[1, '09:00', '17:00']])
    await room.absent(`${monday}T10:00`, `${monday}T11:00`)
    await room.close(`${monday}T15:00`, '2030-01-09T00:00')
    expect(await openOn(room.roomId, monday)).toEqual(['08:00–09:00', '10:00–14:00'])
    const other = await openRoom()
    await other.absent(`${monday}T10:00`, `${monday}T11:00`)
    expect(await openOn(other.roomId, monday)).toEqual(['00:00–09:00', '10:00–20:00'])
  })

  it('follows the clock when it changes', async () => {
    const { roomId } = await openRoom([[7, '01:00', '04:00']])
    expect(await openOn(roomId, '2030-03-31')).toEqual(['00:00–02:00'])
    expect(await openOn(roomId, '2030-10-27')).toEqual(['00:00–03:00'])
  })

  it('does not exist once the room or its location is out of use', async () => {
    const { locationId, roomId } = await openRoom()
    await sql.query('update resources set is_active = false where id = $1', [roomId])
    expect(await openOn(roomId, monday)).toBeNull()
    await sql.query('update resources set is_active = true where id = $1', [roomId])
    await sql.query('update locations set is_active = false where id = $1', [locationId])
    expect(await openOn(roomId, monday)).toBeNull()
  })
})
