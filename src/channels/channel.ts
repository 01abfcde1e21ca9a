/** How a person can be written to. */
export const channelNames = ['email', 'whatsapp', 'sms'] as const
export type ChannelName = (typeof channelNames)[number]

export interface Attachment {
  filename: string
  /** With its parameters, such as `text/calendar; charset=utf-8; method=REQUEST`. */
  contentType: string
  content: string
}

export interface Email {
  channel: 'email'
  to: string
  subject: string
  /** Without it, the mail is plain text. */
  html?: string
  text: string
  attachments?: Attachment[]
  /** Such as `List-Unsubscribe`. */
  headers?: Record<string, string>
}

/** A template that the clinic has registered with WhatsApp, with what goes into it. */
export interface WhatsAppTemplate {
  channel: 'whatsapp'
  /** E.164, such as `+6281234567890`. */
  to: string
  template: string
  language: string
  /** The numbered variables of its body, in order. */
  body: string[]
  /** What each of its URL buttons adds to the address that was registered, in order. */
  buttons: string[]
}

export interface Sms {
  channel: 'sms'
  /** E.164, such as `+6281234567890`. */
  to: string
  text: string
}

export type Outgoing = Email | WhatsAppTemplate | Sms

/** What became of a message. Reasons are for the clinic's people: they name no address and repeat nothing of the text. */
export type Sent =
  /** `id` is the provider's; null when it gives none. */
  | { outcome: 'accepted'; id: string | null }
  /** It will never be delivered, for example because the address does not exist: trying again is no use. */
  | { outcome: 'refused'; reason: string }
  /** The provider is down, slow or busy. It may have accepted the message if the connection broke. */
  | { outcome: 'failed'; reason: string; retryAfterSeconds?: number }

/** One way to send messages, through one provider. */
export interface Channel<Message extends Outgoing = Outgoing> {
  /** Such as `resend`. */
  provider: string
  /** Whether the provider sends a message once, however often it gets it with the same key. */
  isIdempotent: boolean
  /** Never throws and ends within some seconds. `key` stays the same when a message is sent again. */
  send(message: Message, key: string): Promise<Sent>
}

/** The channels that this clinic has set up. */
export interface Channels {
  email: Channel<Email>
  whatsapp?: Channel<WhatsAppTemplate>
  sms?: Channel<Sms>
}
