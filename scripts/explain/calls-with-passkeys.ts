import { hashKey } from '../../src/clinic/accounts/hash-key.ts'
import { makeAccountLink } from '../../src/clinic/accounts/make-account-link.ts'
import { addPasskey } from '../../src/clinic/accounts/passkeys/add-passkey.ts'
import { beginAddingPasskey } from '../../src/clinic/accounts/passkeys/begin-passkey.ts'
import { newChallenge, userHandleOf } from '../../src/clinic/accounts/passkeys/ceremony.ts'
import { findPasskeys } from '../../src/clinic/accounts/passkeys/find-passkeys.ts'
import { removePasskey } from '../../src/clinic/accounts/passkeys/remove-passkey.ts'
import { renamePasskey } from '../../src/clinic/accounts/passkeys/rename-passkey.ts'
import { signInWithPasskey } from '../../src/clinic/accounts/passkeys/sign-in-with-passkey.ts'
import { signInWithLink } from '../../src/clinic/accounts/sign-in-with-link.ts'
import { newAuthenticator } from '../local/authenticator.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

const site = { origin: 'https://booking.example.com', host: 'booking.example.com' }

/** Follows a link of the clinic, sets up a passkey, signs in with it and removes it. */
export async function usePasskeys({ as, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const email = 'filler-11@example.com'
  const { token: link } = await call('a link is made', () =>
    makeAccountLink(clinic.context(as.system), { email }),
  )
  const stranger = clinic.context(as.stranger)
  const following = { token: link, replaces: 'the token before' }
  const opened = await call('a link is followed', () => signInWithLink(stranger, following))
  await refused('… and again', 'link_expired', () => signInWithLink(stranger, following))
  const { token, visitor } = opened as Extract<typeof opened, { ok: true }>
  const own = clinic.context(as.stranger, { sessionHash: hashKey(token) })
  await call('a passkey is begun', () => beginAddingPasskey(own, site, 'AloBooking'))
  const authenticator = newAuthenticator(site)
  const adding = newChallenge('add', now)
  const made = { challenge: adding, site, name: 'Explained', credential: authenticator.create(adding) }
  await call('a passkey is added', () => addPasskey(own, made))
  await refused('… and again', 'already_added', () => addPasskey(own, made))
  const { passkeys } = await call('passkeys are listed', () => findPasskeys(own))
  const passkeyId = passkeys[0]?.id ?? 0
  await call('a passkey is renamed', () => renamePasskey(own, passkeyId, { name: 'Phone' }))

  const later = clinic.context(as.stranger, { now: new Date(now.getTime() + 60_000) })
  const challenge = newChallenge('sign_in', later.now)
  const handle = Buffer.from(userHandleOf(visitor.accountId), 'hex')
  const used = {
    ...{ challenge, site, replaces: token, confirms: null },
    credential: authenticator.get(challenge, handle),
  }
  const signedIn = await call('a passkey signs in', () => signInWithPasskey(later, used))
  await refused('… and again', 'passkey_failed', () => signInWithPasskey(later, used))
  const unknown = { ...used, credential: { ...used.credential, id: 'unknown' } }
  await refused('an unknown passkey is tried', 'passkey_unknown', () => signInWithPasskey(later, unknown))
  const { token: newToken } = signedIn as Extract<typeof signedIn, { ok: true }>
  const ownAgain = clinic.context(as.stranger, { sessionHash: hashKey(newToken), now: later.now })
  await call('a passkey is removed', () => removePasskey(ownAgain, passkeyId))
}
