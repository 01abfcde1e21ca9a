import type { AppointmentsAhead } from '../../clinic/availability/find-ahead.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { AdminLayout } from './admin-layout.tsx'
import { AheadTable } from './ahead-table.tsx'
import { AdminIcon } from './icons.tsx'
import { Tag } from './list-parts.tsx'
import type { MenuPage } from './menu.ts'

interface RetirementPageProps {
  frame: Frame
  page: MenuPage
  words: { title: string; what: string; submit: string; keep: string }
  /** The page of what is retired. */
  back: { href: string; label: string }
  action: string
  version: number
  ahead: AppointmentsAhead
  formKey: string
}

/** Before something is retired: who has to be called. */
export function RetirementPage(props: RetirementPageProps) {
  const { frame, page, words, back, action, version, ahead, formKey } = props
  return (
    <AdminLayout frame={frame} title={words.title} page={page} crumb={back} sub={words.what}>
      <AheadTable copy={frame.copy} ahead={ahead} />
      <form class="row" method="post" action={action}>
        <FormKey value={formKey} />
        <input type="hidden" name="version" value={version} />
        <button class="btn main" type="submit">
          {words.submit}
        </button>
        <a class="btn" href={back.href}>
          {words.keep}
        </a>
      </form>
    </AdminLayout>
  )
}

interface ReinstatementProps {
  words: { isRetired: string; submit: string }
  action: string
  formKey: string
}

/** On the page of something retired. */
export function Reinstatement({ words, action, formKey }: ReinstatementProps) {
  return (
    <form class="note" method="post" action={action}>
      <FormKey value={formKey} />
      <AdminIcon name="off" />
      <div>
        <p>{words.isRetired}</p>
        <p>
          <button class="btn" type="submit">
            {words.submit}
          </button>
        </p>
      </div>
    </form>
  )
}

/** Whether something is in use. */
export function InUseTag({ isActive, words }: { isActive: boolean; words: { yes: string; no: string } }) {
  if (!isActive) return <Tag icon="off">{words.no}</Tag>
  return (
    <Tag icon="check" look="good">
      {words.yes}
    </Tag>
  )
}

/** The link from a thing to its history. */
export function HistoryLink({ copy, href }: { copy: Copy; href: string }) {
  return (
    <a class="btn text" href={href}>
      {copy.admin.form.history}
    </a>
  )
}
