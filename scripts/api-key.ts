import { parseArgs } from 'node:util'
import { scopes } from '../drizzle/schema/api-keys.ts'
import { findApiKeys, issueApiKey, issueApiKeyInput, revokeApiKey } from '../src/clinic/accounts/api-keys.ts'
import { findAccounts } from '../src/clinic/accounts/manage-accounts.ts'
import type { ClinicContext } from '../src/clinic/context.ts'
import { NotFound } from '../src/clinic/errors.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

const usage = `
  npm run api-key -- create --name NAME --owner EMAIL --role ROLE --scopes SCOPE,SCOPE [--expires 2027-01-31]
    Scopes: ${scopes.join(', ')}
  npm run api-key -- list
  npm run api-key -- revoke ID`

runCommand(async () => {
  const { positionals, values } = readArguments()
  const [command, id] = positionals
  if (command === 'list') return actAsOperator(listAll)
  if (command === 'revoke' && Number(id) > 0) return actAsOperator((ctx) => revoke(ctx, Number(id)))
  if (command === 'create') return actAsOperator((ctx) => create(ctx, values))
  throw new CannotStart(`Usage:${usage}`)
})

function readArguments() {
  const text = { type: 'string' } as const
  try {
    const options = { name: text, owner: text, role: text, scopes: text, expires: text }
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\nUsage:${usage}`)
  }
}

async function create(ctx: ClinicContext, values: Record<string, string | undefined>): Promise<void> {
  const email = values.owner?.toLowerCase() ?? ''
  const [owner] = (await findAccounts(ctx, { email, limit: 1 })).accounts
  if (!owner)
    throw new CannotStart(
      `No account has the address ${values.owner ?? '(none)'}. Set --owner to the email address of an account.`,
    )
  const read = issueApiKeyInput.safeParse({
    name: values.name,
    ownerId: owner.id,
    role: values.role,
    scopes: values.scopes?.split(','),
    expiresAt: values.expires?.replace(/^\d{4}-\d\d-\d\d$/, '$&T00:00Z'),
  })
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `--${String(path[0])} (${message})`)
    throw new CannotStart(`Invalid options: ${wrong.join(', ')}. Usage:${usage}`)
  }
  const issued = await issueApiKey(ctx, read.data).catch((error) => {
    if (error instanceof NotFound)
      throw new CannotStart(`A key owned by a ${owner.role} cannot have the role ${values.role}.`)
    throw error
  })
  if (!issued.ok) throw new Error('Only a key limits the keys that it issues.')
  console.log(
    `${issued.key}\n✔ Created key ${issued.apiKey.id}. It is shown only once: store it with your secrets.`,
  )
}

async function revoke(ctx: ClinicContext, id: number): Promise<void> {
  await revokeApiKey(ctx, id).catch((error) => {
    throw error instanceof NotFound ? new CannotStart(`No key has the id ${id}.`) : error
  })
  console.log(`✔ Key ${id} and all keys that it issued are revoked. They can change nothing any more.`)
}

async function listAll(ctx: ClinicContext): Promise<void> {
  for (let after = 0; ; ) {
    const { apiKeys, next } = await findApiKeys(ctx, { limit: 100, after })
    console.table(apiKeys)
    if (next === null) return
    after = next
  }
}
