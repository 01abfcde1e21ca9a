import { paths } from '../paths.ts'

/** The pages of the menu, in its order. */
export const menu = {
  clinic: { locations: paths.locations(), resources: paths.resources() },
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
