import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../../support/clinic.ts'
import { figuresOf, type ImaginedWeek } from '../../../support/figures-oracle.ts'
import { imagineWeek } from '../../../support/imagine-week.ts'
import { openAccount, openSession } from '../../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let week: ImaginedWeek & { locationId: number }
let cookie: string

beforeAll(async () => {
  week = await imagineWeek(sql, 1)
  cookie = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
})

const ask = (path: string, as = cookie) => fetch(origin + path, { headers: { Cookie: as } })
const chosen = () => `on=${week.monday}&location=${week.locationId}`

describe('the page of figures', () => {
  it('has a chart with a title and a description, and a table, for each kind of figure', async () => {
    const html = await (await ask(`/desk/figures?${chosen()}`)).text()
    const charts = html.match(/<svg class="chart"[\s\S]*?<\/svg>/g) ?? []
    expect(charts).toHaveLength(6)
    expect(html.match(/<table>/g)).toHaveLength(6)
    for (const chart of charts) {
      const [, title] = /aria-labelledby="([^"]+)"/.exec(chart) ?? []
      const [, about] = /aria-describedby="([^"]+)"/.exec(chart) ?? []
      expect(chart).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${about}">[^<]+</desc>`))
    }
    expect(html).not.toContain(' style=')
  })

  it('leads to the weeks before and after, with the same location', async () => {
    const html = await (await ask(`/desk/figures?${chosen()}`)).text()
    expect(html).toContain(`/desk/figures?on=2026-10-12&amp;location=${week.locationId}`)
    expect(html).toContain(`/desk/figures?on=2026-10-26&amp;location=${week.locationId}`)
  })

  it('says so when nothing was booked', async () => {
    const html = await (await ask(`/desk/figures?on=2020-01-01&location=${week.locationId}`)).text()
    expect(html).toContain('Nothing was booked for this week.')
  })

  it('ignores what cannot be read, and knows no other location', async () => {
    expect((await ask('/desk/figures?on=yesterday&doctor=x')).status).toBe(200)
    expect((await ask('/desk/figures?location=999999')).status).toBe(404)
  })
})

describe('the CSV', () => {
  const read = async () => {
    const answer = await ask(`/desk/figures.csv?${chosen()}`)
    const [head = '', ...lines] = (await answer.text()).split('\r\n').filter(Boolean)
    return { answer, head, lines }
  }

  it('has a header row and a row for each line of the page', async () => {
    const { answer, head, lines } = await read()
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="figures-${week.monday}.csv"`,
    )
    expect(head).toMatch(/^week,table,name,booked,attended,missed,cancelled,open,/)
    const { totals } = figuresOf(week)
    expect(lines[0]).toContain(
      `${week.monday},total,total,${totals.booked},${totals.attended},${totals.missed},${totals.cancelled},${totals.open},`,
    )
    expect(lines.filter((line) => line.includes(',day,'))).toHaveLength(7)
    expect(new Set(lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length))).toEqual(
      new Set([head.split(',').length]),
    )
  })

  it('has no cell that a spreadsheet would compute', async () => {
    const [doctor] = week.doctors
    const name = '=HYPERLINK("https://x.example"),1'
    await sql.query('update doctors set name = $1 where id = $2', [name, doctor?.id])
    const { lines } = await read()
    expect(lines.join('\n')).toContain(`doctor,"'=HYPERLINK(""https://x.example""),1",`)
    expect(lines.some((line) => /(^|,)"?[=+@]/.test(line))).toBe(false)
  })
})
