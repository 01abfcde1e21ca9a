import { paths } from '../paths.ts'

/** The pages of the menu, in its order. */
const menu = {
  clinic: { locations: paths.locations(), visitTypes: paths.visitTypes(), resources: paths.resources() },
  time: { why: paths.why() },
  messages: {
    messageTexts: paths.messageTexts(),
    sentAndDue: paths.messages(),
    emailDomain: paths.emailDomain(),
  },
  data: { history: paths.settingsHistory() },
  access: { securityLog: paths.securityLog(), health: paths.health() },
} as const

type Groups = typeof menu

export type MenuGroup = keyof Groups

/** What the menu shows as the page that is open. */
export type MenuPage = { [Group in MenuGroup]: keyof Groups[Group] }[MenuGroup]

/** Those that everyone of the clinic's own people may open. */
const forAll: MenuPage[] = ['why']

/** The part of the menu for this visitor, without groups that would be empty. */
export function menuOf(isAdmin: boolean): [MenuGroup, [MenuPage, string][]][] {
  return (Object.keys(menu) as MenuGroup[])
    .map((group): [MenuGroup, [MenuPage, string][]] => {
      const pages = Object.entries(menu[group]) as [MenuPage, string][]
      return [group, pages.filter(([page]) => isAdmin || forAll.includes(page))]
    })
    .filter(([, pages]) => pages.length > 0)
}
