import { formatAgo } from '../../../i18n/dates.ts'
import { AdminIcon } from '../icons.tsx'
import { nameOf } from './fields.ts'
import type { Clash } from './form-state.ts'
import { type FormWords, labelOf, shownText } from './words.ts'

interface ClashProps {
  form: FormWords
  clash: Clash
  now: Date
  /** The page as it is saved. */
  discard: string
}

/** Someone else saved first: what both changed is to be chosen, and the rest goes together by itself. */
export function ClashNote({ form, clash, now, discard }: ClashProps) {
  const { language, admin } = form.copy
  const words = admin.form.clash
  const labels = (names: string[]) => names.map((name) => labelOf(form, name))
  const ago = formatAgo(clash.by.at, now, language)
  return (
    <section
      class="note notice"
      id="summary"
      role="alert"
      tabindex={-1}
      autofocus
      aria-labelledby="clash-title"
      aria-describedby="clash-reason"
    >
      <AdminIcon name="people" />
      <div class="stack">
        <h2 id="clash-title">
          {clash.by.isOwn ? words.own(ago) : words.title(clash.by.by ?? words.someone, ago)}
        </h2>
        <p id="clash-reason">{clash.both.length > 0 ? words.keptToChoose(clash.both.length) : words.kept}</p>
        {clash.both.map((one) => (
          <Both form={form} one={one} now={now} />
        ))}
        {clash.both.length > 0 && (
          <input type="hidden" name="choose" value={clash.both.map(({ name }) => nameOf(name)).join(' ')} />
        )}
        {clash.theirs.length > 0 && <p class="small">{words.stays(labels(clash.theirs))}</p>}
        {clash.mine.length > 0 && <p class="small">{words.joins(labels(clash.mine))}</p>}
        <p>
          <a href={discard}>{words.discardMine}</a>
        </p>
      </div>
    </section>
  )
}

function Both({ form, one, now }: { form: FormWords; one: Clash['both'][number]; now: Date }) {
  const words = form.copy.admin.form.clash
  const name = `choice_${nameOf(one.name)}`
  const ago = formatAgo(one.by.at, now, form.copy.language)
  const theirs = one.by.isOwn ? words.ownOther(ago) : words.theirs(one.by.by ?? words.someone, ago)
  const sides = [
    { side: 'theirs', label: theirs, text: one.theirs },
    { side: 'mine', label: words.mine, text: one.mine },
  ]
  return (
    <fieldset class="stack-s">
      <legend>{labelOf(form, one.name)}</legend>
      {one.isMissing && (
        <p class="error problem" id={`${name}-problem`}>
          <AdminIcon name="warn" />
          <span>{words.chooseOne}</span>
        </p>
      )}
      <div class="pick">
        {sides.map(({ side, label, text }, n) => (
          <label class="choice">
            <input
              type="radio"
              name={name}
              value={side}
              id={`${name}-${side}`}
              required
              checked={one.choice === side}
              {...(one.isMissing &&
                n === 0 && { 'aria-invalid': 'true', 'aria-describedby': `${name}-problem` })}
            />
            <span>
              <b>{label}</b>
              <span>
                <bdi>{shownText(form, one.name, text)}</bdi>
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
