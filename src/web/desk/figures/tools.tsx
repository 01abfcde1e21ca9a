import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../icons.tsx'
import { type FiguresProps, fieldsOf, later } from './figures-props.ts'

/** Chooses the week, the location and the doctor; links and a form, so that each view has its own address. */
export function Tools(props: FiguresProps) {
  const { frame, figures, chosen } = props
  const words = frame.copy.desk.figures
  const { monday, today, locations, doctors } = figures
  const isThisWeek = today >= monday && today < later(monday, 7)
  const to = (days: number) => paths.figures(fieldsOf(props, later(monday, days)))
  return (
    <div class="bar tools figures-tools">
      <nav class="seg" aria-label={words.week}>
        <a href={to(-7)}>
          <Icon name="previous" />
          <span class="vh">{words.previous}</span>
        </a>
        <a href={paths.figures(fieldsOf(props, ''))} aria-current={isThisWeek ? 'date' : undefined}>
          {words.thisWeek}
        </a>
        <a href={to(7)}>
          <Icon name="next" />
          <span class="vh">{words.next}</span>
        </a>
      </nav>
      <form class="jump" method="get" action={paths.figures()}>
        <label class="vh" for="on">
          {words.goTo}
        </label>
        <input id="on" name="on" type="date" value={monday} />
        <Choice
          name="location"
          label={words.location}
          all={words.allLocations}
          options={locations}
          value={chosen.location}
        />
        <Choice
          name="doctor"
          label={words.doctor}
          all={words.allDoctors}
          options={doctors}
          value={chosen.doctor}
        />
        <button class="btn" type="submit">
          {words.show}
        </button>
      </form>
    </div>
  )
}

interface ChoiceProps {
  name: string
  label: string
  all: string
  options: { id: number; name: string }[]
  value: string
}

function Choice({ name, label, all, options, value }: ChoiceProps) {
  if (options.length < 2) return null
  return (
    <>
      <label class="vh" for={name}>
        {label}
      </label>
      <select id={name} name={name}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option value={option.id} selected={String(option.id) === value}>
            {isolate(option.name)}
          </option>
        ))}
      </select>
    </>
  )
}
