import { type Context, Hono } from 'hono'
import { addPasskey, addPasskeyInput } from '../../clinic/accounts/passkeys/add-passkey.ts'
import { beginAddingPasskey } from '../../clinic/accounts/passkeys/begin-passkey.ts'
import { findPasskeys, type Passkey } from '../../clinic/accounts/passkeys/find-passkeys.ts'
import { removePasskey } from '../../clinic/accounts/passkeys/remove-passkey.ts'
import { renamePasskey, renamePasskeyInput } from '../../clinic/accounts/passkeys/rename-passkey.ts'
import { NotFound, NotSignedIn } from '../../clinic/errors.ts'
import type { PasskeyRefusal } from '../../clinic/refusals.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { passkeyChallengeCookie } from '../cookies.ts'
import { frameOf } from '../frame.ts'
import { paths, safeReturnPath } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetVisitor } from '../visitor.ts'
import { NewPasskeyPage } from './new-passkey-page.tsx'
import { RemovePasskeyPage, RenamePasskeyPage } from './passkey-pages.tsx'
import { siteOf } from './site.ts'

export const passkeys = new Hono<AppEnv>()

passkeys.use((c, next) => {
  if (!c.var.visitor) throw new NotSignedIn()
  return next()
})

passkeys.get('/', (c) => c.redirect(paths.account()))

passkeys.get('/new', async (c) => {
  const returnTo = safeReturnPath(c.req.query('return_to') ?? paths.account())
  const { mayChange } = await findPasskeys(c.var.clinic)
  return mayChange ? showNew(c, returnTo) : c.redirect(paths.signInPasskey(paths.newPasskey(returnTo)))
})

function showNew(c: Context<AppEnv>, returnTo: string, refusal?: PasskeyRefusal) {
  if (refusal) c.set('refusal', refusal)
  const isRequired = c.var.visitor?.secondFactor === 'set_up'
  return c.html(
    <NewPasskeyPage frame={frameOf(c)} {...{ returnTo, isRequired, refusal }} />,
    refusal ? 422 : 200,
  )
}

passkeys.post('/challenge', async (c) => {
  const begun = await beginAddingPasskey(c.var.clinic, siteOf(c), c.var.copy.brand)
  if (!begun.ok) return c.redirect(paths.newPasskey(), 303)
  await passkeyChallengeCookie.write(c, begun.challenge)
  return c.json(begun.options)
})

passkeys.post('/', async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to') || paths.account())
  const read = addPasskeyInput.safeParse({ credential: form('credential') })
  if (!read.success) return showNew(c, returnTo, 'passkey_failed')
  const { clinic, copy } = c.var
  const added = await addPasskey(clinic, {
    ...read.data,
    challenge: await passkeyChallengeCookie.read(c),
    site: siteOf(c),
    name: clinic.source?.device ?? copy.passkeys.defaultName,
  })
  passkeyChallengeCookie.clear(c)
  if (!added.ok) return showNew(c, returnTo, added.refusal)
  await forgetVisitor(c)
  return c.redirect(returnTo, 303)
})

/** The passkey in the path; null when one must be used first. */
async function changeable(c: Context<AppEnv>): Promise<Passkey | null> {
  const found = await findPasskeys(c.var.clinic)
  const passkey = found.passkeys.find(({ id }) => id === idIn(c, 'passkey'))
  if (!passkey) throw new NotFound('passkey')
  return found.mayChange ? passkey : null
}

passkeys.get('/:id', async (c) => {
  const passkey = await changeable(c)
  if (!passkey) return c.redirect(paths.signInPasskey(c.req.path))
  return c.html(<RenamePasskeyPage frame={frameOf(c)} passkey={passkey} name={passkey.name} />)
})

passkeys.post('/:id', async (c) => {
  const form = await readForm(c)
  const read = readFields(form, renamePasskeyInput.shape)
  if (!read.ok) {
    const passkey = await changeable(c)
    if (!passkey) return c.redirect(paths.signInPasskey(c.req.path), 303)
    const again = { passkey, name: form('name'), fault: read.faults.name }
    return c.html(<RenamePasskeyPage frame={frameOf(c)} {...again} />, 422)
  }
  const renamed = await renamePasskey(c.var.clinic, idIn(c, 'passkey'), read.values)
  return c.redirect(renamed.ok ? paths.account() : paths.signInPasskey(c.req.path), 303)
})

passkeys.get('/:id/removal', async (c) => {
  const passkey = await changeable(c)
  if (!passkey) return c.redirect(paths.signInPasskey(c.req.path))
  return c.html(<RemovePasskeyPage frame={frameOf(c)} passkey={passkey} />)
})

passkeys.post('/:id/removal', async (c) => {
  const removed = await removePasskey(c.var.clinic, idIn(c, 'passkey'))
  if (removed.ok) return c.redirect(paths.account(), 303)
  if (removed.refusal === 'not_confirmed') return c.redirect(paths.signInPasskey(c.req.path), 303)
  const passkey = await changeable(c)
  if (!passkey) return c.redirect(paths.account(), 303)
  c.set('refusal', removed.refusal)
  return c.html(<RemovePasskeyPage frame={frameOf(c)} passkey={passkey} refusal={removed.refusal} />, 422)
})
