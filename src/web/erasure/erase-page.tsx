import type { ErasurePageContent } from '../../clinic/retention/read-erasure-page.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { EraseForm, type WhyNot } from './erase-form.tsx'

interface ErasePageProps {
  frame: Frame
  content: ErasurePageContent
  formKey: string
  refused?: WhyNot | undefined
  isMistyped?: boolean | undefined
}

/** For the front desk: erases a patient after typing their number. */
export function ErasePage({ frame, content, ...page }: ErasePageProps) {
  const { copy } = frame
  const words = copy.erasure
  const { id, name, isOnLegalHold } = content.patient
  const word = String(id)
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card narrow">
        <h1>{words.title}</h1>
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          · {copy.record.number} {id}
        </p>
        {isOnLegalHold && !page.refused ? (
          <p>{words.refused.onLegalHold}</p>
        ) : (
          <EraseForm
            copy={copy}
            content={content}
            action={paths.erasure(id)}
            confirmation={{ label: words.typeNumber(word), word }}
            isOwn={false}
            {...page}
          />
        )}
        <a class="more" href={paths.patient(id)}>
          {words.backToRecord}
        </a>
      </section>
    </Layout>
  )
}

/** For the person themself. */
export function OwnErasePage({ frame, content, ...page }: ErasePageProps) {
  const { copy } = frame
  const words = copy.erasure
  const { name, isOnLegalHold } = content.patient
  const word = words.confirmationWord
  return (
    <Layout frame={frame} title={words.ownTitle}>
      <section class="card narrow">
        <h1>{words.ownTitle}</h1>
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
        </p>
        {isOnLegalHold && !page.refused ? (
          <p>{words.refused.onLegalHold}</p>
        ) : (
          <EraseForm
            copy={copy}
            content={content}
            action={paths.ownErasure()}
            confirmation={{ label: words.typeWord(word), word }}
            isOwn
            {...page}
          />
        )}
        <p class="hint">{words.dependants}</p>
        <a class="more" href={paths.account()}>
          {copy.passkeys.back}
        </a>
      </section>
    </Layout>
  )
}
