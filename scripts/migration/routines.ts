import type pg from 'pg'

/** A function or composite type as PostgreSQL describes it. */
export interface Routine {
  kind: 'function' | 'type'
  name: string
  /** With its argument types, as `drop function` needs it. */
  signature: string
  /** Everything that affects what it does: body, settings, volatility, defaults. */
  definition: string
  /** How many arguments it takes, and how many of them have a default. */
  arguments: number
  defaults: number
  /** The release in which its file was deleted; the next release drops it. */
  retiredIn: string | null
}

/** The comment on a retired function begins with this and ends with the release. */
export const retiredMark = 'Retired in release '

/** Our functions and composite types; extensions bring their own. */
export async function describeRoutines(client: pg.Client | pg.Pool): Promise<Routine[]> {
  const { rows } = await client.query<Routine>(
    `
    with
    routine as (
      select
        'function' as kind, proname as name, oid::regprocedure::text as signature,
        pg_get_functiondef(oid) as definition, pronargs as arguments, pronargdefaults as defaults,
        obj_description(oid, 'pg_proc') as comment
      from pg_proc
      where pronamespace = 'public'::regnamespace
      and not exists (
        select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
      )
      union all
      select
        'type', typname, typname, (
          select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
          from pg_attribute
          where attrelid = typrelid
          and not attisdropped
        ), 0, 0, obj_description(pg_type.oid, 'pg_type')
      from pg_type
      join pg_class on pg_class.oid = typrelid and relkind = 'c'
      where typnamespace = 'public'::regnamespace
    )
    select
      kind, name, signature, definition, arguments, defaults,
      case when starts_with(comment, $1) then substr(comment, length($1) + 1) end as "retiredIn"
    from routine
    order by kind desc, signature`,
    [retiredMark],
  )
  return rows
}

/** Drops them all, and the triggers that call them; the caller rolls it back. */
export async function dropRoutines(client: pg.Client, routines: Routine[]): Promise<void> {
  for (const statement of dropStatements(routines)) await client.query(`${statement} cascade`)
}

export function dropStatements(routines: Routine[]): string[] {
  const signatures = (kind: Routine['kind']) =>
    routines.filter((routine) => routine.kind === kind).map(({ signature }) => signature)
  const [functions, types] = [signatures('function'), signatures('type')]
  return [
    ...(functions.length > 0 ? [`drop function ${functions.join(', ')}`] : []),
    ...(types.length > 0 ? [`drop type ${types.join(', ')}`] : []),
  ]
}
