import { HTTPException } from 'hono/http-exception'
import {
  type ChooseMessages,
  chooseMessagesInput,
  type MessageChoices,
  messageChoiceNames,
  wantedMessages,
} from '../../clinic/messages/choices.ts'
import type { Copy } from '../../i18n/en.ts'
import { languages } from '../../i18n/languages.ts'
import { FormKey } from '../form-key.tsx'
import type { Written } from '../read-form.ts'

interface ChoicesFormProps {
  copy: Copy
  action: string
  choices: MessageChoices
  /** Whether they have just been saved. */
  isSaved: boolean
  /** Only of someone who is signed in. */
  formKey?: string
}

/** The messages that somebody may choose to get, as boxes to tick. */
export function ChoicesForm({ copy, action, choices, isSaved, formKey }: ChoicesFormProps) {
  const words = copy.messages
  const { wanted, language, staffWants } = choices
  const isPatient = staffWants === null || language !== null
  return (
    <form class="card narrow" method="post" action={action}>
      <h1>{isPatient ? words.title : words.staffTitle}</h1>
      {isSaved && (
        <p class="notice" role="status">
          <span>
            <span aria-hidden="true">✓ </span>
            {words.saved}
          </span>
        </p>
      )}
      {formKey && <FormKey value={formKey} />}
      {isPatient && <PatientChoices copy={copy} wanted={wanted} />}
      {language && <LanguageChoice copy={copy} language={language} />}
      {staffWants && formKey && (
        <fieldset>
          <legend class={isPatient ? undefined : 'aloud'}>{words.staffTitle}</legend>
          <p class="hint">{words.staffIntro}</p>
          {wantedMessages.map((value) => (
            <label class="choice">
              <input type="radio" name="staff_wants" value={value} checked={value === staffWants} />
              <span>{words.staffChoices[value]}</span>
            </label>
          ))}
        </fieldset>
      )}
      <button type="submit">{words.save}</button>
    </form>
  )
}

function PatientChoices({ copy, wanted }: Pick<ChoicesFormProps, 'copy'> & Pick<MessageChoices, 'wanted'>) {
  const words = copy.messages
  return (
    <>
      <p>{words.intro}</p>
      <fieldset>
        <legend>{words.legend}</legend>
        <input type="hidden" name="chooses" value="yes" />
        {messageChoiceNames.map((name) => (
          <label class="choice">
            <input type="checkbox" name={name} value="yes" checked={wanted[name]} />
            <span>{words.choices[name]}</span>
          </label>
        ))}
      </fieldset>
      <p class="hint">{words.stays}</p>
    </>
  )
}

function LanguageChoice({ copy, language }: { copy: Copy; language: string }) {
  return (
    <fieldset>
      <legend>{copy.messages.language}</legend>
      {Object.entries(languages).map(([code, { name, language: tag }]) => (
        <label class="choice">
          <input type="radio" name="language" value={code} checked={code === language} />
          <span lang={tag}>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

/**
 * Reads the form. A box that is not ticked says no, so a body without the form's own mark chooses nothing.
 *
 * @throws HTTPException 400 when it is not that form.
 */
export function readChoices(form: Written): ChooseMessages {
  const wanted = Object.fromEntries(messageChoiceNames.map((name) => [name, form(name) === 'yes']))
  const read = chooseMessagesInput.safeParse({
    ...(form('chooses') === 'yes' && { wanted }),
    language: form('language') || undefined,
    staffWants: form('staff_wants') || undefined,
  })
  if (!read.success) throw new HTTPException(400)
  return read.data
}
