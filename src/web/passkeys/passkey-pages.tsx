import type { Passkey } from '../../clinic/accounts/passkeys/find-passkeys.ts'
import type { Fault, PasskeyRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface PasskeyPageProps {
  frame: Frame
  passkey: Passkey
}

interface RenamePageProps extends PasskeyPageProps {
  name: string
  fault?: Fault | undefined
}

export function RenamePasskeyPage({ frame, passkey, name, fault }: RenamePageProps) {
  const { copy } = frame
  const words = copy.passkeys
  return (
    <Layout frame={frame} title={words.renameTitle}>
      <form class="card narrow" method="post" action={paths.passkey(passkey.id)}>
        <h1>{words.renameTitle}</h1>
        <TextField
          name="name"
          label={words.name}
          hint={words.nameHint}
          value={name}
          autocomplete="off"
          problem={fault && copy.faults[fault]}
        />
        <button type="submit">{words.saveName}</button>
        <Back frame={frame} />
      </form>
    </Layout>
  )
}

interface RemovalPageProps extends PasskeyPageProps {
  refusal?: PasskeyRefusal | undefined
}

export function RemovePasskeyPage({ frame, passkey, refusal }: RemovalPageProps) {
  const words = frame.copy.passkeys
  return (
    <Layout frame={frame} title={words.removeTitle}>
      <form class="card narrow" method="post" action={paths.passkeyRemoval(passkey.id)}>
        <h1>{words.removeTitle}</h1>
        {refusal && <Refusal title={words.notRemoved} reason={words.refused[refusal]} />}
        <p>
          <b>{passkey.name}</b>
        </p>
        <p>{words.afterRemoval}</p>
        <button class="danger" type="submit">
          {words.confirmRemoval}
        </button>
        <Back frame={frame} />
      </form>
    </Layout>
  )
}

function Back({ frame }: { frame: Frame }) {
  return (
    <a class="more" href={paths.account()}>
      {frame.copy.passkeys.back}
    </a>
  )
}
