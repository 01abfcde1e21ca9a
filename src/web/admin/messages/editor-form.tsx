import type { MessageKind, MessageLanguage } from '../../../clinic/messages/content.ts'
import type { MessageText } from '../../../clinic/messages/fields.ts'
import { formatInstant } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { fieldsWithSamples } from '../../../messages/preview.ts'
import { FormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import { describeControl, Field } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Both, EditedText, WrittenChannel } from './read-texts.ts'

export const formId = 'texts'

export interface EditorFormProps {
  copy: Copy
  kind: MessageKind
  channel: WrittenChannel
  formKey: string
  fields: ReturnType<typeof fieldsWithSamples>
  namesVisitType: boolean
  texts: Both<EditedText>
  state: 'as_saved' | 'saved' | 'stale' | 'invalid_text'
}

const languages = ['en', 'id'] as const

export function EditorForm(props: EditorFormProps) {
  const { copy, kind, channel, formKey, texts, state } = props
  const words = copy.messageTexts
  return (
    <form class="stack" id={formId} method="post" action={paths.messageText(kind)}>
      <FormKey value={formKey} />
      <input type="hidden" name="channel" value={channel} />
      {state === 'saved' && (
        <p class="note good" role="status">
          {words.saved}
        </p>
      )}
      {state === 'invalid_text' && <Faults copy={copy} texts={texts} />}
      {state === 'stale' && (
        <Refusal title={words.stale} reason={words.staleReason}>
          <Compared copy={copy} texts={texts} which="own" />
        </Refusal>
      )}
      <Fields {...props} />
      {languages.map((language) => (
        <TextPart {...{ copy, channel, language }} edited={texts[language]} />
      ))}
      {languages.some((language) => texts[language].own) && <Changed copy={copy} texts={texts} />}
      <p class="hint">{words.appliesFromNow}</p>
      <button class="btn main" type="submit" name="do" value="save">
        {words.save}
      </button>
    </form>
  )
}

function Faults({ copy, texts }: Pick<EditorFormProps, 'copy' | 'texts'>) {
  const words = copy.messageTexts
  return (
    <Refusal title={words.notSaved} reason={words.notSavedReason}>
      <ul>
        {languages.flatMap((language) =>
          texts[language].faults.map((fault) => (
            <li>
              <a href={`#${fault.part}_${language}`}>
                {words.languages[language]}: {sayFault(fault, copy)}
              </a>
            </li>
          )),
        )}
      </ul>
    </Refusal>
  )
}

function sayFault(fault: EditedText['faults'][number], copy: Copy): string {
  const { faults } = copy.messageTexts
  if (fault.fault === 'too_long_a_text') return copy.faults.too_long_a_text
  if (fault.fault === 'unknown_field') return faults.unknown_field(fault.name, fault.nearest)
  return 'name' in fault ? faults[fault.fault](fault.name) : faults[fault.fault]
}

function Fields({ copy, fields, namesVisitType }: EditorFormProps) {
  const words = copy.messageTexts
  const shown = fields.filter(({ field }) => namesVisitType || field !== 'visit_type')
  return (
    <section class="card" aria-labelledby="fields-title">
      <h2 id="fields-title">{words.fields}</h2>
      <p class="hint">{words.fieldsHint}</p>
      <ul class="fields">
        {shown.map(({ field, sample }) => (
          <li class="sample">
            <code>{`{${field}}`}</code>
            <span class="hint">{sample || words.nothing}</span>
          </li>
        ))}
      </ul>
      {!namesVisitType && <p class="hint">{words.visitTypeStaysOut}</p>}
    </section>
  )
}

interface TextPartProps {
  copy: Copy
  channel: WrittenChannel
  language: MessageLanguage
  edited: EditedText
}

function TextPart({ copy, channel, language, edited: { text, own, faults } }: TextPartProps) {
  const words = copy.messageTexts
  const problemOf = (part: keyof MessageText) => {
    const found = faults.filter((fault) => fault.part === part).map((fault) => sayFault(fault, copy))
    return found.length > 0 ? found.join(' ') : undefined
  }
  const subject = { name: `subject_${language}`, problem: problemOf('subject'), leavesFocus: true }
  const body = { name: `body_${language}`, problem: problemOf('body'), leavesFocus: true }
  return (
    <section class="card" aria-labelledby={`title_${language}`}>
      <h2 id={`title_${language}`}>{words.languages[language]}</h2>
      <input type="hidden" name={`seen_${language}`} value={own?.changedAt.toISOString() ?? ''} />
      {channel === 'email' && (
        <Field {...subject} label={words.subject}>
          <input
            id={subject.name}
            name={subject.name}
            type="text"
            lang={language}
            value={text.subject}
            maxlength={200}
            required
            autocomplete="off"
            {...describeControl(subject)}
          />
        </Field>
      )}
      <Field {...body} label={words.text}>
        <textarea
          id={body.name}
          name={body.name}
          lang={language}
          rows={text.body.split('\n').length + 3}
          maxlength={2000}
          required
          {...describeControl(body)}
        >
          {text.body}
        </textarea>
      </Field>
    </section>
  )
}

/** Who changed the texts, and what they were. */
function Changed({ copy, texts }: Pick<EditorFormProps, 'copy' | 'texts'>) {
  const words = copy.messageTexts
  const last = languages
    .flatMap((language) => texts[language].own ?? [])
    .toSorted((one, other) => other.changedAt.getTime() - one.changedAt.getTime())[0]
  return (
    <details class="card">
      <summary>
        {last && words.changedBy(last.changedBy, formatInstant(last.changedAt, copy.language))}
      </summary>
      <Compared copy={copy} texts={texts} which="original" />
      <button class="btn" type="submit" name="do" value="original" formnovalidate>
        {words.useOriginal}
      </button>
    </details>
  )
}

/** The saved texts, or our own, to compare with those in the form. */
function Compared({
  copy,
  texts,
  which,
}: Pick<EditorFormProps, 'copy' | 'texts'> & { which: 'own' | 'original' }) {
  const words = copy.messageTexts
  return (
    <>
      {languages.map((language) => {
        const { original, own } = texts[language]
        const { subject, body } = which === 'own' ? (own?.text ?? original) : original
        return (
          <div lang={language}>
            <h3 lang={copy.language}>{words.languages[language]}</h3>
            {subject && <p>{subject}</p>}
            <p class="as-written">{body}</p>
          </div>
        )
      })}
    </>
  )
}
