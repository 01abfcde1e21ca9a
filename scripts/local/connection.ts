import pg from 'pg'

/** A connection that `await using` closes. */
export type Connection = pg.Client & AsyncDisposable

/**
 * Connects to the database. If the server goes away later, the query that waits for it fails, and nothing else.
 *
 * @throws Error when the database does not answer.
 */
export async function openConnection(url: string): Promise<Connection> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  const close = () => client.end().catch(() => {})
  await client.connect().catch(async (error) => {
    await close()
    throw error
  })
  return Object.assign(client, { [Symbol.asyncDispose]: close })
}
