import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { passkeyScript } from '../ui/script.ts'

interface PasskeyFormProps {
  copy: Copy
  ceremony: 'get' | 'create'
  label: string
  returnTo: string
  /** Less prominent than another button on the page. */
  isQuiet?: boolean
}

const addresses = {
  get: { action: paths.signInPasskey(), challenge: paths.signInPasskeyChallenge() },
  create: { action: paths.passkeys(), challenge: paths.passkeyChallenge() },
}

/** A button that asks for a passkey, or makes one. Its script shows it where the browser can do that. */
export function PasskeyForm({ copy, ceremony, label, returnTo, isQuiet = false }: PasskeyFormProps) {
  const { failed, known } = copy.passkeys.inBrowser[ceremony]
  const { action, challenge } = addresses[ceremony]
  return (
    <>
      <form
        class="passkey"
        method="post"
        action={action}
        data-ceremony={ceremony}
        data-challenge={challenge}
        data-failed={failed}
        data-known={known}
        hidden
      >
        <input type="hidden" name="credential" value="" />
        <input type="hidden" name="return_to" value={returnTo} />
        <button class={isQuiet ? 'quiet' : undefined} type="submit">
          {label}
        </button>
        <p role="alert" />
      </form>
      <script type="module" src={passkeyScript.path} />
    </>
  )
}
