import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { describeControl, Field } from '../../ui/field.tsx'
import type { BlocksPageProps } from './props.ts'

const kinds = ['block', 'reserve', 'away', 'hours'] as const

/** Who or what, from when until when; it first shows whom that affects. */
export function BlockForm({ frame, content, values, problems = {}, returnTo }: BlocksPageProps) {
  const { copy, isDesk } = frame
  const words = copy.desk.blocks
  const { location, doctors, resources, date } = content
  const field = (name: keyof typeof values, label: string) => ({ name, label, problem: problems[name] })
  const chosen = values.whose || (doctors.length === 1 && !isDesk ? `doctor:${doctors[0]?.id}` : '')
  const option = (value: string, name: string) => (
    <option value={value} selected={value === chosen}>
      {isolate(name)}
    </option>
  )
  // An absence does not become hours.
  const offered = kinds.filter((kind) => kind !== 'hours' || values.replaces === '')
  const [whose, start, end] = [
    field('whose', words.whose),
    field('start_local', words.from),
    field('end_local', words.to),
  ]
  return (
    <form class="stack" method="post" action={`${paths.blocksPreview()}#preview`}>
      <input type="hidden" name="return_to" value={returnTo} />
      <input type="hidden" name="location_id" value={location.id} />
      <input type="hidden" name="on" value={date} />
      <input type="hidden" name="replaces" value={values.replaces} />
      <Field {...whose}>
        <select id="whose" name="whose" required {...describeControl(whose)}>
          <option value="">{words.chooseWhose}</option>
          <optgroup label={words.doctors}>
            {doctors.map(({ id, name }) => option(`doctor:${id}`, name))}
          </optgroup>
          {resources.length > 0 && (
            <optgroup label={words.resources}>
              {resources.map(({ id, name }) => option(`resource:${id}`, name))}
            </optgroup>
          )}
          {isDesk && (
            <optgroup label={words.place}>{option(`location:${location.id}`, location.name)}</optgroup>
          )}
        </select>
      </Field>
      <fieldset class="found">
        <legend class="lab">{words.kind}</legend>
        {offered.map((kind) => (
          <label>
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={kind === (values.kind || (isDesk ? 'block' : 'away'))}
            />
            <span>{words.kinds[kind]}</span>
          </label>
        ))}
        {values.replaces === '' && <p class="hint">{words.hoursHint(location.name)}</p>}
        {isDesk && <p class="hint">{words.kindHint}</p>}
      </fieldset>
      <Field {...field('reason', words.name)}>
        <input
          type="text"
          id="reason"
          name="reason"
          value={values.reason}
          autocomplete="off"
          {...describeControl(field('reason', words.name))}
        />
      </Field>
      <div class="line">
        <Field {...start}>
          <input
            id="start_local"
            name="start_local"
            type="datetime-local"
            required
            value={values.start_local}
            {...describeControl(start)}
          />
        </Field>
        <Field {...end}>
          <input
            id="end_local"
            name="end_local"
            type="datetime-local"
            required
            value={values.end_local}
            {...describeControl(end)}
          />
        </Field>
      </div>
      {doctors.some(({ worksElsewhere }) => worksElsewhere) && (
        <label class="check">
          <input type="checkbox" name="everywhere" value="yes" checked={values.everywhere !== ''} />{' '}
          {words.everywhere}
        </label>
      )}
      <div class="btns">
        <button class="btn main" type="submit">
          {words.check}
        </button>
      </div>
    </form>
  )
}
