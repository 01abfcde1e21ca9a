import type { Challenge } from '../channels/challenge.ts'
import type { Channel, Email } from '../channels/channel.ts'
import type { Visitor } from '../clinic/accounts/find-actor.ts'
import type { Actor, ClinicContext } from '../clinic/context.ts'
import type { DomainCheck } from '../clinic/messages/check-domain.ts'
import type { RememberedFacts } from '../clinic/settings/remembering-facts.ts'
import type { Settings } from '../env.ts'
import type { Copy } from '../i18n/en.ts'
import type { Language } from '../i18n/languages.ts'

interface LookUp<T> {
  isKnown(key: string, now: Date): boolean
  get(key: string, now: Date): Promise<T | null>
  forget(key: string): void
  hasEnded(key: string, now: Date): boolean
  end(key: string, now: Date): void
}

export interface CountedBy {
  key: string
  wider: string | null
}

/** What every door's handlers find in Hono's context. */
export interface AppEnv {
  Bindings: Pick<Settings, 'READ_LIMIT' | 'WRITE_LIMIT' | 'SEARCH_LIMIT' | 'SIGN_IN_LIMIT' | 'WIDER_LIMIT'>
  Variables: {
    /** Ours: in events, the log and the answer. */
    requestId: string
    /** The client's own, for the log only. */
    clientRequestId?: string
    /** The actor is anonymous until the door has looked who is there. */
    clinic: ClinicContext
    /** By the key's hash. */
    apiClients: LookUp<Actor>
    /** Of the key with which the API is asked. */
    keyHash: string
    /** By the hash of the session's token. */
    visitors: LookUp<Visitor>
    /** Who is signed in on the pages. */
    visitor: Visitor | null
    /** Whether the browser's session has ended, so that the sign-in page can say why it asks. */
    sessionHasEnded?: boolean
    /** The words of the page, in the visitor's language. */
    copy: Copy
    /** The clinic's languages, of the pages. */
    languages: Language[]
    clinicFacts: RememberedFacts
    clinicPhone: string
    email: Channel<Email>
    /** Of messages and calendar entries: the address they come from, the end of every UID, and where the pages are. */
    site: { from: string; uidDomain: string; siteUrl: string }
    /** Whether the page shows a preview in a frame, or is one. */
    frames?: 'preview' | 'framed'
    /** Looks up whether receivers can tell the clinic's mails from forgeries. */
    checkEmailDomain(): Promise<DomainCheck[]>
    /** Null when the clinic has no keys for one. */
    challenge: Challenge | null
    /** Whether the page shows the challenge, which comes from another site. */
    showsChallenge?: boolean
    /** Asks for a page that is the same for everyone, by path and query, through the cache in front of it. */
    askPublic(path: string): Promise<Response>
    /** Answers an upgrade to a WebSocket with one that tells which days of the location change. */
    connectToFeed(locationId: number): Promise<Response>
    /** Why the clinic, or the door, said no; for the log. */
    refusal?: string
    /** What was posted; for the log, which takes ids out of it. */
    form?: Record<string, string>
    /** What requests are counted by: a key, an account or a network, and around an IPv6 network the wider one. */
    countedBy: CountedBy
  }
}

declare module 'hono' {
  interface ContextRenderer {
    // biome-ignore lint/style/useShorthandFunctionType: Hono looks for an interface
    (content: string | Promise<string>, head: { title: string }): Response | Promise<Response>
  }
}
