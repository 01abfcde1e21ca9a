import type pg from 'pg'

/** Tables with many rows, filled without keys and indexes. */
const largeTables = `'{appointments,claims,events,patients}'::regclass[]`

/** The definition of every constraint, index and trigger, one per line, and whether it is valid. */
export async function catalogOf(client: pg.Client | pg.Pool): Promise<string> {
  const { rows } = await client.query(`
    select concat_ws(' | ', of_table, name, definition, case when is_valid then 'valid' else 'not valid' end) as line
    from (
      select
        conrelid::regclass as of_table, conname as name, pg_get_constraintdef(oid) as definition,
        convalidated and conenforced as is_valid
      from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select indrelid::regclass, index.relname, pg_get_indexdef(indexrelid), indisvalid and indisready and indislive
      from pg_index join pg_class index on index.oid = indexrelid
      where relnamespace = 'public'::regnamespace
      union all
      select tgrelid::regclass, tgname, pg_get_triggerdef(trigger.oid), tgenabled = 'O'
      from pg_trigger trigger join pg_class on pg_class.oid = tgrelid
      where relnamespace = 'public'::regnamespace and not tgisinternal
    ) line
    order by of_table::text collate "C", name collate "C", definition collate "C"`)
  return rows.map(({ line }) => line).join('\n')
}

/**
 * Drops the keys and indexes of the large tables, and switches off the triggers that make an appointment's claims, after
 * noting how to restore each. They are restored in waves, because an exclusion constraint locks its table, while indexes of
 * one table are built in parallel.
 */
export async function takeOff(client: pg.Client): Promise<void> {
  await client.query(`
    with
    removed as (
      select
        conrelid::regclass as of_table, conname as name, contype as kind, pg_get_constraintdef(oid) as definition,
        case when contype in ('p', 'u') then pg_get_indexdef(conindid) end as index_definition
      from pg_constraint
      where (conrelid = any (${largeTables}) or confrelid = any (${largeTables}))
      and contype in ('p', 'u', 'x', 'f')
      union all
      select indrelid::regclass, index.relname, 'i', null, pg_get_indexdef(indexrelid)
      from pg_index join pg_class index on index.oid = indexrelid
      where indrelid = any (${largeTables})
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    ),
    repair (wave, of_table, name, statement) as (
      select case when of_table = 'claims'::regclass then 2 else 1 end, of_table, name, index_definition
      from removed where index_definition is not null
      union all
      select 1, of_table, name, format('alter table %s add constraint %I %s', of_table, name, definition)
      from removed where kind = 'x'
      union all
      select 3, of_table, name, format(
        'alter table %s add constraint %I %s using index %I',
        of_table, name, case kind when 'p' then 'primary key' else 'unique' end, name
      )
      from removed where kind in ('p', 'u')
      union all
      select 4, of_table, name, format('alter table %s add constraint %I %s', of_table, name, definition)
      from removed where kind = 'f'
      union all
      select 5, tgrelid::regclass, tgname, format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
      from pg_trigger where tgrelid = 'appointments'::regclass and not tgisinternal
    )
    insert into generation.repairs
    select row_number() over (order by wave, place, of_table, name), wave, name, of_table, statement
    from (
      select *, row_number() over (partition by wave, of_table order by name) as place from repair
    ) repair`)
  await client.query(await dropStatements(client))
}

// A foreign key is dropped before the key it needs.
async function dropStatements(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    select string_agg(case
      when wave = 5 then format('alter table %s disable trigger %I', of_table, name)
      when wave in (1, 2) and statement ilike 'create%' and not exists (
        select from generation.repairs attached where attached.wave = 3 and attached.name = repair.name
      ) then format('drop index %I', name)
      when wave in (3, 4) or statement ilike 'alter%' then format('alter table %s drop constraint %I', of_table, name)
    end, '; ' order by wave = 4 desc, position) as statements
    from generation.repairs repair`)
  return rows[0].statements
}

export interface Repair {
  position: number
  wave: number
  name: string
  ofTable: string
  statement: string
}

/** The keys and indexes still to restore, in order. */
export async function findRepairs(client: pg.Client): Promise<Repair[]> {
  const { rows } = await client.query(`
    select position, wave, name, of_table as "ofTable", statement
    from generation.repairs where not is_done order by position`)
  return rows
}

/** @throws Error listing what differs from before the load, or is no longer validated. */
export async function requireSameCatalog(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select catalog from generation.run')
  const before: string[] = rows[0].catalog.split('\n')
  const after = (await catalogOf(client)).split('\n')
  const missing = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`)
  const added = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)
  const isInvalid = (line: string) => line.endsWith('| not valid') && !before.includes(line)
  const invalid = after.filter(isInvalid).map((line) => `! ${line}`)
  const wrong = [...missing, ...added, ...invalid]
  if (wrong.length > 0)
    throw new Error(`Constraints and indexes differ from those of the migrations:\n${wrong.join('\n')}`)
}
