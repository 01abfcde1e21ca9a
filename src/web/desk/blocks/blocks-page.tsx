import type { Block, InTheWay } from '../../../clinic/availability/read-blocks-page.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { FormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { Say } from '../say.tsx'
import { Affected } from './affected.tsx'
import { BlockForm } from './block-form.tsx'
import type { BlocksPageProps } from './props.ts'
import type { BlockValues } from './values.ts'

/** Blocks, time off and closures of a week at a location, with whom each affects, and the form for another one. */
export function BlocksPage(props: BlocksPageProps) {
  const { frame, content, values, returnTo, refused, removed, preview } = props
  const { copy } = frame
  const words = copy.desk.blocks
  const { location, locations, date, blocks } = content
  const here = (on: string) => paths.blocks({ location: String(location.id), on, return_to: returnTo })
  return (
    <DeskLayout frame={frame} title={words.title} place={{ shown: location, all: locations }}>
      <div class="page one">
        <p class="crumb">
          <a href={returnTo}>
            <Icon name="previous" />
            {words.backToDay}
          </a>
        </p>
        <div class="title">
          <h1>{words.title}</h1>
        </div>
        <p class="hint">{words.intro}</p>
        {refused && <Say {...refused} />}
        {removed && <Removed {...props} removed={removed} />}
        <div class="split">
          <section class="stack" aria-labelledby="week">
            <h2 id="week">{words.week(formatDay(`${date}T00:00`, copy.language))}</h2>
            <div class="btns">
              <a class="btn" href={here(daysLater(date, -7))}>
                <Icon name="previous" />
                {words.previous}
              </a>
              <a class="btn" href={here(daysLater(date, 7))}>
                {words.next}
                <Icon name="next" />
              </a>
            </div>
            {blocks.length === 0 && <p class="box">{words.none}</p>}
            {blocks.map((block) => (
              <OneBlock {...props} block={block} />
            ))}
          </section>
          <section class="box" aria-labelledby="form-title">
            <h2 id="form-title">{values.replaces ? words.changeTitle(values.reason) : words.add}</h2>
            <BlockForm {...props} />
            {preview && <Preview {...props} appointments={preview} />}
          </section>
        </div>
      </div>
    </DeskLayout>
  )
}

function OneBlock({
  frame: { copy },
  content,
  block,
  returnTo,
  formKey,
  saved,
}: BlocksPageProps & { block: Block }) {
  const words = copy.desk.blocks
  const { id, kind } = block
  const anchor = anchorOf(block)
  return (
    <article class="box" id={anchor} aria-labelledby={`name-${anchor}`}>
      <h3 id={`name-${anchor}`}>
        <bdi>{block.reason ?? words.names[kind]}</bdi> · <bdi>{block.ofName}</bdi>
      </h3>
      {saved === anchor && (
        <p role="status">
          <b>{words.saved}</b>
        </p>
      )}
      <p>
        {spanOf(copy, block)} · {words.names[kind]}
        {block.everywhere && ` · ${words.everywhereShort}`}
      </p>
      <Affected copy={copy} appointments={block.appointments} kind={kind} />
      <form class="btns" method="post" action={paths.blockRemoval(id)}>
        <FormKey value={formKey} />
        <Hidden
          values={{
            ...fieldsOf(block),
            location_id: String(content.location.id),
            on: content.date,
            return_to: returnTo,
          }}
        />
        {kind !== 'hours' && (
          <a
            class="btn"
            href={`${paths.blocks({
              location: String(content.location.id),
              on: content.date,
              change: anchor,
              return_to: returnTo,
            })}#form-title`}
          >
            {words.change}
          </a>
        )}
        <button class="btn" type="submit">
          {words.remove}
        </button>
      </form>
    </article>
  )
}

function Preview({
  frame: { copy },
  values,
  formKey,
  returnTo,
  appointments,
}: BlocksPageProps & { appointments: InTheWay[] }) {
  const words = copy.desk.blocks
  return (
    <form
      class="say"
      id="preview"
      method="post"
      action={paths.blocks()}
      tabindex={-1}
      aria-labelledby="preview-title"
    >
      <FormKey value={formKey} />
      <Hidden values={{ ...values, return_to: returnTo }} />
      <h2 id="preview-title">{words.beforeSaving}</h2>
      {values.kind === 'hours' ? (
        <p>{words.opens}</p>
      ) : (
        <Affected copy={copy} appointments={appointments} kind={values.kind === 'reserve' ? 'reserve' : ''} />
      )}
      <div class="btns">
        <button class="btn main" type="submit" autofocus>
          {words.save}
        </button>
      </div>
    </form>
  )
}

function Removed({
  frame: { copy },
  formKey,
  returnTo,
  removed,
  nowOutside = [],
}: BlocksPageProps & { removed: BlockValues }) {
  const words = copy.desk.blocks
  return (
    <form class="say" role="status" method="post" action={paths.blocks()}>
      <FormKey value={formKey} />
      <Hidden values={{ ...removed, return_to: returnTo }} />
      <p>
        <b>{words.removed}</b>
      </p>
      {nowOutside.length > 0 && <Affected copy={copy} appointments={nowOutside} kind="hours" isRemoved />}
      <div class="btns">
        <button class="btn" type="submit">
          {words.undo}
        </button>
      </div>
    </form>
  )
}

function Hidden({ values }: { values: Record<string, string> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** Where it stands on the page. Extra hours and time off are numbered apart. */
export const anchorOf = ({ absentee, kind, id }: Pick<Block, 'absentee' | 'kind' | 'id'>) =>
  `${kind === 'hours' ? kind : absentee}-${id}`

/** The fields of the form that enters it again. */
export const fieldsOf = (block: Block): Omit<BlockValues, 'location_id' | 'on' | 'replaces'> => ({
  whose: `${block.absentee}:${block.ofId}`,
  kind: block.absentee === 'doctor' ? block.kind : 'block',
  reason: block.reason ?? '',
  start_local: block.startLocal,
  end_local: block.endLocal,
  everywhere: block.everywhere ? 'yes' : '',
})

function spanOf({ language }: Copy, { startLocal, endLocal }: Block): string {
  const [from, to] = [formatTime(startLocal, language), formatTime(endLocal, language)]
  const day = formatDay(startLocal, language)
  if (startLocal.slice(0, 10) === endLocal.slice(0, 10)) return `${day}, ${from}–${to}`
  return `${day}, ${from} – ${formatDay(endLocal, language)}, ${to}`
}

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
