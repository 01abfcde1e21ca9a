import type { Explained, Explanation } from '../../../clinic/availability/explanation.ts'
import { formatShortDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminIcon } from '../icons.tsx'
import type { WhyAsked } from './asked.ts'
import { linkOf } from './rule-row.tsx'

interface AnswerProps {
  frame: Frame
  explanation: Explanation
  asked: WhyAsked
}

/** What the rules come to: the times that are free, or why there are none and what would help. */
export function Answer({ frame, explanation, asked }: AnswerProps) {
  const { copy } = frame
  const words = copy.admin.why
  const { free, on, next } = explanation
  const day = formatShortDay(on, copy.language)
  const isFree = free.length > 0
  return (
    <section class={isFree ? 'card answer good' : 'card answer'} aria-labelledby="answer">
      <h2 id="answer">{isFree ? words.free(free.length, day) : words.nothingFree(day)}</h2>
      {isFree ? (
        <p>{free.map(({ startLocal }) => formatTime(startLocal, copy.language)).join(', ')}</p>
      ) : (
        <>
          <p>
            {reason(copy, explanation)}{' '}
            {next ? (
              <>
                {words.firstFree}{' '}
                <a href={paths.why({ ...asked, on: next.startLocal.slice(0, 10) })}>
                  <b>
                    {formatShortDay(next.startLocal, copy.language)},{' '}
                    {formatTime(next.startLocal, copy.language)}
                  </b>
                </a>
                .
              </>
            ) : (
              explanation.stoppedBy === null && words.neverFree
            )}
          </p>
          <Helps frame={frame} explanation={explanation} asked={asked} />
        </>
      )}
    </section>
  )
}

function reason(copy: Copy, { stoppedBy, rules, terms, visitType }: Explanation): string {
  const words = copy.admin.why
  if (stoppedBy) return words.stops[stoppedBy]
  const last = rules.findLast(({ rule, minutes }) => rule !== 'grid' && minutes !== null)
  const [piece] = last?.remaining ?? []
  if (!last?.minutes || !piece) return last ? words.usedUp(words.rules[last.rule]) : ''
  const from = formatTime(piece.startLocal, copy.language)
  return words.leftOver(last.minutes, from, visitType.name, terms.minutes)
}

const mostHelps = 2

/** The rules whose absence would free the most, and a visit type that fits as it is. */
function Helps({ frame, explanation, asked }: AnswerProps) {
  const { copy } = frame
  const words = copy.admin.why
  const best = explanation.rules
    .filter(({ without }) => without && without.times > 0)
    .toSorted((a, b) => (b.without?.times ?? 0) - (a.without?.times ?? 0))
    .slice(0, mostHelps)
  const [instead] = explanation.instead
  if (best.length === 0 && !instead) return null
  return (
    <div class="stack-s">
      <h3>{words.helps}</h3>
      <ul class="stack-s">
        {best.map((step) => (
          <li>
            <AdminIcon name="plus" /> <Help frame={frame} explanation={explanation} step={step} />
          </li>
        ))}
        {instead && (
          <li>
            <AdminIcon name="plus" />{' '}
            <span>
              <a href={paths.why({ ...asked, visit_type_id: String(instead.id) })}>
                {words.instead(instead.name)}
              </a>{' '}
              <span class="soft">{words.fitsAt(formatTime(instead.startLocal, copy.language))}</span>
            </span>
          </li>
        )}
      </ul>
    </div>
  )
}

function Help({
  frame,
  explanation,
  step: { rule, without },
}: Pick<AnswerProps, 'frame' | 'explanation'> & { step: Explained }) {
  const words = frame.copy.admin.why
  const help = words.help[rule as keyof typeof words.help]
  const href = linkOf(frame, explanation, rule)
  return (
    <span>
      {href ? <a href={href.to}>{help}</a> : help}{' '}
      {without?.firstLocal && (
        <span class="soft">
          {words.timesFrom(without.times, formatTime(without.firstLocal, frame.copy.language))}
        </span>
      )}
    </span>
  )
}
