import { parseArgs } from 'node:util'
import { linkHours, makeAccountLink, makeAccountLinkInput } from '../src/clinic/accounts/make-account-link.ts'
import {
  type ChangeRole,
  changeRole,
  changeRoleInput,
  findAccounts,
} from '../src/clinic/accounts/manage-accounts.ts'
import type { ClinicContext } from '../src/clinic/context.ts'
import { NotFound } from '../src/clinic/errors.ts'
import { paths } from '../src/web/paths.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Lists accounts, changes roles and makes one-time links. A link makes a clinic's first admin, and lets in a person who has
// lost their passkeys.

const usage = `
  npm run account -- list
  npm run account -- role EMAIL patient|front_desk|doctor|admin [--doctor ID] [--locations 3,4|all]
  npm run account -- link EMAIL [--role ROLE [--doctor ID] [--locations 3,4|all]] [--site https://booking.example.com]`

runCommand(async () => {
  const { positionals, values } = readArguments()
  const [command, email = '', role = values.role] = positionals
  if (command === 'list') return actAsOperator(listAll)
  if (command === 'link') return makeLink({ email, role, ...values })
  const change = readChange(role, values)
  if (command !== 'role' || !change) throw new CannotStart(`Usage:${usage}`)
  return actAsOperator(async (ctx) => {
    const [account] = (await findAccounts(ctx, { email: email.toLowerCase(), limit: 1 })).accounts
    if (!account)
      throw new CannotStart(
        `No account has the address ${email}. It is created when the person first signs in, or with link.`,
      )
    await giveRole(ctx, account, change)
    console.log(`✔ ${account.email} has the role ${role} from the next sign-in on.`)
  })
})

function readArguments() {
  const text = { type: 'string' } as const
  try {
    const site = { ...text, default: `http://localhost:${process.env.PORT || 8787}` }
    return parseArgs({ allowPositionals: true, options: { doctor: text, locations: text, role: text, site } })
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\nUsage:${usage}`)
  }
}

/** As written: the id of a doctor, and the ids of locations or `all`. */
interface Written {
  doctor?: string | undefined
  locations?: string | undefined
}

function readChange(role: string | undefined, { doctor, locations }: Written): ChangeRole | null {
  const locationIds = locations === 'all' ? null : locations?.split(',')
  const read = changeRoleInput.safeParse({
    role,
    ...(doctor && { doctorId: doctor }),
    ...(locationIds !== undefined && { locationIds }),
  })
  return read.success ? read.data : null
}

async function giveRole(
  ctx: ClinicContext,
  { id, email }: { id: number; email: string },
  change: ChangeRole,
): Promise<void> {
  const changed = await changeRole(ctx, id, change).catch((error) => {
    if (!(error instanceof NotFound)) throw error
    throw new CannotStart(
      error.noun === 'location'
        ? `No location has one of the ids ${change.locationIds}.`
        : `No doctor has the id ${change.doctorId}.`,
    )
  })
  if (!changed.ok) throw new CannotStart(`${email} is the last admin. Make another account an admin first.`)
}

interface Link {
  email: string
  role: string | undefined
  site: string
}

async function makeLink({ email, role, site, ...written }: Link & Written): Promise<void> {
  const read = makeAccountLinkInput.safeParse({ email })
  const change = readChange(role, written)
  if (!read.success || !URL.canParse(site) || (role && !change)) throw new CannotStart(`Usage:${usage}`)
  return actAsOperator(async (ctx) => {
    const { token, accountId, isNew } = await makeAccountLink(ctx, read.data)
    if (change) await giveRole(ctx, { id: accountId, email: read.data.email }, change)
    const whose = `${read.data.email}${isNew ? ', whose account is new' : ''}${role ? `, with the role ${role}` : ''}`
    console.log(`✔ This link signs in ${whose}. It works once, within ${linkHours} hours:\n`)
    console.log(`  ${new URL(paths.signInLink(token), site).href}`)
  })
}

async function listAll(ctx: ClinicContext): Promise<void> {
  for (let after = 0; ; ) {
    const { accounts, next } = await findAccounts(ctx, { limit: 100, after })
    console.table(accounts)
    if (next === null) return
    after = next
  }
}
