import type { Child } from 'hono/jsx'
import { FormKey } from '../../form-key.tsx'
import { AdminIcon } from '../icons.tsx'
import { ClashNote } from './clash-note.tsx'
import { nameOf } from './fields.ts'
import { AdminField } from './form-field.tsx'
import type { FormState } from './form-state.ts'
import { type FormWords, faultOf, labelOf } from './words.ts'

/** Fields that belong together. */
export interface FormPart {
  id: string
  title: string
  hint: string
  /** In pairs where there is room for two. */
  fields: (string | [string, string])[]
  /** What stands below the fields. */
  more?: Child
}

interface SettingsFormProps {
  form: FormWords
  parts: FormPart[]
  state: FormState
  action: string
  formKey: string
  now: Date
  /** Where "Discard" leads: the page as it is saved. */
  discard: string
  /** What the button says. */
  submit?: string
}

/** A form that adds or changes one thing that admins manage. */
export function SettingsForm({
  form,
  parts,
  state,
  action,
  formKey,
  now,
  discard,
  submit,
}: SettingsFormProps) {
  const { form: words } = form.copy.admin
  const { clash } = state
  const hasFaults = Object.keys(state.faults).length > 0
  return (
    <form
      class="stack wide"
      method="post"
      action={action}
      data-settings=""
      data-changed={words.changed}
      data-was={words.was('{}')}
      data-nothing={words.nothing}
      data-yes={words.yes}
      data-no={words.no}
      data-unsaved-one={words.unsaved(1)}
      data-unsaved={words.unsaved(0)}
      data-is-new={state.version === null ? '' : undefined}
    >
      <FormKey value={formKey} />
      {state.version !== null && <input type="hidden" name="version" value={state.version} />}
      {state.seen !== null && <input type="hidden" name="seen" value={state.seen} />}
      {clash && <ClashNote form={form} clash={clash} now={now} discard={discard} />}
      {hasFaults && <FaultSummary form={form} state={state} isFirst={clash === null} />}
      {parts.map((part) => (
        <Part form={form} part={part} state={state} />
      ))}
      <SaveBar form={form} state={state} discard={discard} submit={submit} />
    </form>
  )
}

function FaultSummary({ form, state, isFirst }: { form: FormWords; state: FormState; isFirst: boolean }) {
  const { form: words } = form.copy.admin
  const faults = Object.entries(state.faults)
  return (
    <section
      class="note bad"
      id={isFirst ? 'summary' : 'faults'}
      role="alert"
      tabindex={-1}
      autofocus={isFirst}
      aria-labelledby="faults-title"
      aria-describedby="faults-reason"
    >
      <AdminIcon name="warn" />
      <div>
        <h2 id="faults-title">{words.fix(faults.length)}</h2>
        <p id="faults-reason">{words.fixHint}</p>
        <ul class="stack-s">
          {faults.map(([name, fault]) => (
            <li>
              <a href={`#${nameOf(name)}`}>{words.fault(labelOf(form, name), faultOf(form, name, fault))}</a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function Part({ form, part, state }: { form: FormWords; part: FormPart; state: FormState }) {
  const { id, title, hint, fields, more } = part
  const show = (name: string) => <AdminField form={form} name={name} state={state} />
  return (
    <section class="card part" id={`part-${id}`} aria-labelledby={`part-${id}-title`}>
      <div class="intro">
        <h2 id={`part-${id}-title`}>{title}</h2>
        <p class="hint">{hint}</p>
      </div>
      <div class="stack">
        {fields.map((field) =>
          typeof field === 'string' ? show(field) : <div class="two">{field.map(show)}</div>,
        )}
        {more}
      </div>
    </section>
  )
}

interface SaveBarProps {
  form: FormWords
  state: FormState
  discard: string
  submit: string | undefined
}

/** Always there, so that nobody hunts for the button. */
function SaveBar({ form, state, discard, submit }: SaveBarProps) {
  const { form: words } = form.copy.admin
  const changed = Object.keys(form.fields).filter(
    (name) => state.version !== null && state.typed[name] !== state.saved[name],
  )
  const hasChoices = (state.clash?.both.length ?? 0) > 0
  return (
    <div class="save">
      <p>
        {changed.length > 0 && (
          <>
            <b>{words.unsaved(changed.length)}</b>
            <br />
            <span class="soft">{changed.map((name) => labelOf(form, name)).join(', ')}</span>
          </>
        )}
      </p>
      <a class="btn" href={discard}>
        {words.discard}
      </a>
      <button class="btn main" type="submit">
        {hasChoices ? words.saveChoices : (submit ?? words.save)}
      </button>
    </div>
  )
}
