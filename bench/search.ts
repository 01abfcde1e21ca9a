import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { runCommand } from '../scripts/local/cannot-start.ts'
import { createDatabase, startPostgres } from '../scripts/local/postgres.ts'
import { step } from '../scripts/local/terminal.ts'
import { migrateDatabase } from '../scripts/migrate.ts'
import { measureSearches } from './search/measure.ts'
import { patients, registerPeople } from './search/people.ts'

runCommand(async () => {
  const directory = join('bench/data', 'search')
  await using server = await startPostgres(join(directory, 'postgres'), {
    settings: { shared_buffers: '1GB', autovacuum: 'off' },
  })
  await createDatabase(server, 'alobooking')
  const url = server.url('alobooking')
  await migrateDatabase(url)
  await using opened = new AsyncDisposableStack()
  const sql = opened.adopt(new pg.Pool({ connectionString: url, max: 1 }), (pool) => pool.end())
  const mark = join(directory, 'made')
  if (!existsSync(mark)) {
    await step(`Registering ${patients.toLocaleString('en')} patients in ${directory}`, () =>
      registerPeople(sql),
    )
    await sql.query('vacuum analyze')
    writeFileSync(mark, '')
  }
  console.table(await measureSearches(sql))
})
