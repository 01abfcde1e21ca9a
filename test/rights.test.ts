import { expect, it } from 'vitest'
import { rightsOfApp } from '../drizzle/rights.ts'
import { migrateDatabase } from '../scripts/migrate.ts'
import { openClinic } from './support/clinic.ts'

const { sql, databaseUrl } = await openClinic({ worker: false })

async function readRights(): Promise<Record<string, string[]>> {
  const { rows } = await sql.query(`
    select table_name as table, array_agg(lower(privilege_type)::text order by privilege_type) as rights
    from information_schema.role_table_grants
    where grantee in ('alobooking_app', 'PUBLIC') and table_schema = 'public'
    group by table_name`)
  return Object.fromEntries(rows.map(({ table, rights }) => [table, rights]))
}

const listed = Object.fromEntries(
  Object.entries(rightsOfApp).map(([table, rights]) => [table, rights.toSorted()]),
)

it('the Worker’s database role has exactly the listed rights', async () => {
  expect(await readRights()).toEqual(listed)
})

it('each table is listed', async () => {
  const { rows } = await sql.query("select tablename as name from pg_tables where schemaname = 'public'")
  expect(Object.keys(rightsOfApp).sort()).toEqual(rows.map(({ name }) => name).sort())
})

it('a migration takes away rights that the list no longer has', async () => {
  await sql.query('grant all on all tables in schema public to alobooking_app')
  await migrateDatabase(databaseUrl)
  expect(await readRights()).toEqual(listed)
})

it.each([
  [
    'write history',
    ['appointments', 'events', 'event_heads', 'tombstones', 'security_events'],
    ['insert', 'update', 'delete'],
  ],
  [
    'delete what history refers to',
    ['accounts', 'api_keys', 'patients', 'locations', 'doctors', 'visit_types'],
    ['delete'],
  ],
])('it may not %s', (_, tables, rights) => {
  for (const table of tables)
    expect([table, ...(rightsOfApp[table] ?? [])]).not.toEqual(
      expect.arrayContaining([expect.stringMatching(`^(${rights.join('|')})$`)]),
    )
})

it('it owns nothing, creates nothing, and is no member of another role', async () => {
  const { rows } = await sql.query(`
    select
      (select count(*) from pg_shdepend where refobjid = role.oid and deptype = 'o')::int as owned,
      has_schema_privilege(role.oid, 'public', 'create') as creates,
      (select count(*) from pg_auth_members where member = role.oid)::int as memberships,
      rolsuper or rolcreatedb or rolcreaterole or rolbypassrls as has_powers
    from pg_roles role where rolname = 'alobooking_app'`)
  expect(rows).toEqual([{ owned: 0, creates: false, memberships: 0, has_powers: false }])
})

it('functions with the owner’s rights resolve no name in a caller’s schema', async () => {
  const { rows } = await sql.query(`
    select proname as name from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef
    -- A body that PostgreSQL has parsed when it was created is bound to its tables.
    and prosqlbody is null
    and not coalesce('search_path=public, pg_temp' = any (proconfig), false)`)
  expect(rows).toEqual([])
})
