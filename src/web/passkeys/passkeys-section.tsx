import type { Passkey } from '../../clinic/accounts/passkeys/find-passkeys.ts'
import { formatAgo, formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

interface PasskeysSectionProps {
  copy: Copy
  passkeys: Passkey[]
  now: Date
}

/** The visitor’s passkeys: each can be renamed and removed. */
export function PasskeysSection({ copy, passkeys, now }: PasskeysSectionProps) {
  const words = copy.passkeys
  return (
    <section class="passkeys" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{words.title}</h2>
      <p class="hint">{words.intro}</p>
      {passkeys.length > 0 && (
        <ul>
          {passkeys.map((passkey) => (
            <PasskeyItem copy={copy} passkey={passkey} now={now} />
          ))}
        </ul>
      )}
      <a class="button quiet" href={paths.newPasskey()}>
        {words.add}
      </a>
    </section>
  )
}

function PasskeyItem({ copy, passkey, now }: { copy: Copy; passkey: Passkey; now: Date }) {
  const words = copy.passkeys
  const { id, name, isSynced, createdAt, lastUsedAt } = passkey
  const ago = (at: Date, say: (ago: string) => string) => (
    <time datetime={at.toISOString()} title={formatInstant(at, copy.language)}>
      {say(formatAgo(at, now, copy.language))}
    </time>
  )
  return (
    <li class="card passkey">
      <p>
        <b>{name}</b>
      </p>
      <p class="hint">
        {ago(createdAt, words.added)}
        {' · '}
        {lastUsedAt > createdAt ? ago(lastUsedAt, words.lastUsed) : words.neverUsed}
        {' · '}
        {isSynced ? words.synced : words.oneDeviceOnly}
      </p>
      <p class="passkey-links">
        <a class="more" href={paths.passkey(id)} aria-label={words.renameOne(name)}>
          {words.rename}
        </a>
        <a class="more" href={paths.passkeyRemoval(id)} aria-label={words.removeOne(name)}>
          {words.remove}
        </a>
      </p>
    </li>
  )
}
