import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import { isFiltered } from './filter.ts'
import type { DayProps } from './page.ts'
import { onlies, zooms } from './preferences.ts'

/** How high the rows are, whose columns are shown, and what of them. A person's choice is kept. */
export function ViewMenu({ words, frame, day, view }: DayProps) {
  const { preferences } = view
  const specialties = [...new Set(day.colleagues.map(({ specialty }) => specialty))].toSorted()
  return (
    <details class="menu view">
      <summary class="btn">
        {words.view} {isFiltered(view) && <span class="count">{words.filtered}</span>} <Icon name="down" />
      </summary>
      <div>
        <form class="stack pad" method="post" action={paths.deskView()}>
          <input type="hidden" name="return_to" value={frame.here} />
          <input type="hidden" name="listed" value={day.colleagues.map(({ id }) => id).join(' ')} />
          <fieldset>
            <legend class="lab">{words.rowHeight}</legend>
            <div class="seg">
              {zooms.map((zoom) => (
                <label title={words.sizes[zoom]}>
                  <input type="radio" name="zoom" value={zoom} checked={preferences.zoom === zoom} />
                  <span aria-hidden="true">{zoom.toUpperCase()}</span>
                  <span class="vh">{words.sizes[zoom]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend class="lab">{words.onlyDoctors}</legend>
            {onlies.map((only) => (
              <label class="check">
                <input type="radio" name="only" value={only} checked={preferences.only === only} />
                {{ '': words.everyone, free: words.withFree, waiting: words.withWaiting }[only]}
              </label>
            ))}
          </fieldset>
          {specialties.length > 1 && (
            <div class="field">
              <label for="specialty">{words.specialty}</label>
              <select id="specialty" name="specialty">
                <option value="">{words.allSpecialties}</option>
                {specialties.map((specialty) => (
                  <option selected={specialty === preferences.specialty}>{specialty}</option>
                ))}
              </select>
            </div>
          )}
          {day.colleagues.length > 1 && (
            <fieldset class="many">
              <legend class="lab">{words.doctors}</legend>
              {day.colleagues.map(({ id, name }) => (
                <label class="check">
                  <input
                    type="checkbox"
                    name={`doctor_${id}`}
                    value="1"
                    checked={!preferences.hidden.includes(id)}
                  />
                  <bdi>{name}</bdi>
                </label>
              ))}
            </fieldset>
          )}
          <fieldset>
            <legend class="lab">{words.alsoShow}</legend>
            <label class="check">
              <input type="checkbox" name="cancelled" value="1" checked={preferences.cancelled} />
              {words.cancelledToo}
            </label>
          </fieldset>
          <div class="btns">
            <button type="submit" class="btn main">
              {words.apply}
            </button>
            <button type="submit" class="btn bare" name="reset" value="1">
              {words.showAll}
            </button>
          </div>
        </form>
      </div>
    </details>
  )
}
