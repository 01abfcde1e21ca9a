import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Copy } from '../../i18n/en.ts'
import { AdminIcon, type AdminIconName } from './icons.tsx'

interface SearchFormProps {
  copy: Copy
  /** What the list is of. */
  title: string
  label: string
  typed: string
  action: string
  /** Of the other filters, so that a search keeps them. */
  kept?: Record<string, string>
}

/** Finds in a list by what someone types; further fields are children. A GET form, so that the address can be shared. */
export function SearchForm({
  copy,
  title,
  label,
  typed,
  action,
  kept = {},
  children,
}: PropsWithChildren<SearchFormProps>) {
  return (
    <search aria-label={title}>
      <form class="row find" method="get" action={action}>
        {Object.entries(kept).map(
          ([name, value]) => value && <input type="hidden" name={name} value={value} />,
        )}
        <div class="field grow">
          <label for="q">{label}</label>
          <input type="search" id="q" name="q" autocomplete="off" value={typed} />
        </div>
        {children}
        <button class="btn bottom" type="submit">
          <AdminIcon name="find" /> {copy.admin.form.find}
        </button>
      </form>
    </search>
  )
}

interface Tab {
  href: string
  label: string
  count?: number
  isShown: boolean
}

/** Which part of the list is shown, and the whole of it as a file. */
export function ListTabs({
  copy,
  label,
  tabs,
  csv,
}: {
  copy: Copy
  label: string
  tabs: Tab[]
  csv: string
}) {
  return (
    <div class="row">
      {tabs.length > 0 && (
        <nav class="tabs" aria-label={label}>
          {tabs.map((tab) => (
            <a href={tab.href} aria-current={tab.isShown ? 'page' : undefined}>
              {tab.label} {tab.count !== undefined && <span>{tab.count}</span>}
            </a>
          ))}
        </nav>
      )}
      <a class="btn text push" href={csv} download="">
        <AdminIcon name="down" /> {copy.admin.form.csv}
      </a>
    </div>
  )
}

interface ListTableProps {
  label: string
  heads: string[]
  /** By row; the first cell names it. */
  rows: Child[][]
}

/** A table that becomes cards on a phone; the roles keep it a table for screen readers there. */
export function ListTable({ label, heads, rows }: ListTableProps) {
  return (
    <div class="card flush">
      <table class="fold list" {...as('table')} aria-label={label}>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            {heads.map((head) => (
              <th {...as('columnheader')} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')}>
          {rows.map(([name, ...cells]) => (
            <tr {...as('row')}>
              <th {...as('rowheader')} scope="row">
                <div>{name}</div>
              </th>
              {cells.map((cell, n) => (
                <td {...as('cell')} data-k={heads[n + 1]}>
                  <div>{cell}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Roles that the elements lose when they are laid out as cards. */
const as = (role: string) => ({ role })

/** In place of a list without rows, with what to do instead. */
export function NothingHere({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

interface TagProps {
  icon: AdminIconName
  look?: 'good' | 'notice' | 'bad' | 'info'
}

/** A status: always a symbol, a word and a colour. */
export function Tag({ icon, look, children }: PropsWithChildren<TagProps>) {
  return (
    <span class={look ? `tag ${look}` : 'tag'}>
      <AdminIcon name={icon} /> {children}
    </span>
  )
}

/** Something to fix, as a link to the field that fixes it. */
export function FixTag({ href, children }: PropsWithChildren<{ href: string }>) {
  return (
    <a class="tag notice" href={href}>
      <AdminIcon name="warn" /> {children}
    </a>
  )
}

/** What was just done, said aloud once. */
export function DoneNote({ children }: PropsWithChildren) {
  return (
    <div class="note good" role="status">
      <AdminIcon name="check" />
      <div>{children}</div>
    </div>
  )
}
