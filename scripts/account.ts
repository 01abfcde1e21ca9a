import { parseArgs } from 'node:util'
import { changeRole, changeRoleInput, findAccounts } from '../src/clinic/accounts/manage-accounts.ts'
import type { ClinicContext } from '../src/clinic/context.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Lists accounts and changes roles. This makes a clinic's first admin: everyone who signs in starts as a patient.

const usage = `
  npm run account -- list
  npm run account -- role EMAIL patient|front_desk|doctor|admin [--doctor ID]`

runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { doctor: { type: 'string' } },
  })
  const [command, email, role] = positionals
  if (command === 'list') return actAsOperator(listAll)
  const read = changeRoleInput.safeParse({ role, ...(values.doctor && { doctorId: values.doctor }) })
  if (command !== 'role' || !read.success) throw new CannotStart(`Usage:${usage}`)
  return actAsOperator(async (ctx) => {
    const [account] = (await findAccounts(ctx, { email: email?.toLowerCase() ?? '', limit: 1 })).accounts
    if (!account)
      throw new CannotStart(
        `No account has the address ${email}. It is created when the person first signs in.`,
      )
    await changeRole(ctx, account.id, read.data)
    console.log(`✔ ${account.email} has the role ${role} from the next sign-in on.`)
  })
})

async function listAll(ctx: ClinicContext): Promise<void> {
  for (let after = 0; ; ) {
    const { accounts, next } = await findAccounts(ctx, { limit: 100, after })
    console.table(accounts)
    if (next === null) return
    after = next
  }
}
