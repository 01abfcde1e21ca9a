import type { DetailedVisitType } from '../../../clinic/availability/find-visit-types.ts'
import type { Copy } from '../../../i18n/en.ts'

type Need = DetailedVisitType['needs'][number]

/** Who and what a visit type takes besides the doctor. */
export function Needs({ copy, needs }: { copy: Copy; needs: Need[] }) {
  const words = copy.admin.visitTypes
  if (needs.length === 0) return <span class="soft">{words.noNeeds}</span>
  return (
    <ul>
      {needs.map((need) => (
        <li>
          <bdi>{nameOf(copy, need)}</bdi>
          {need.before_minutes + need.after_minutes > 0 && (
            <span class="hint"> {words.need.around(need.before_minutes, need.after_minutes)}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function nameOf(copy: Copy, need: Need): string {
  const words = copy.admin.visitTypes.need
  if (need.type === 'role') return words.role([need.role, need.specialty].filter(Boolean).join(', '))
  return words[need.type](need.kinds.join(words.or))
}
