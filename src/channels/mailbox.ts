export interface Mailbox {
  name: string
  address: string
}

/** Reads `Name <address>`, or an address alone. */
export function readMailbox(text: string): Mailbox {
  const named = /^(.*)<([^<>]+)>\s*$/s.exec(text)
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/s, '$1')
  return { name, address: (named?.[2] ?? text).trim() }
}
