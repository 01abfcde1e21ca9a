import type { Mail } from '../../src/channels/mail.ts'

/** As Resend's API gets it. */
export interface ReceivedMail extends Mail {
  from: string
  html?: string
  headers?: Record<string, string>
  /** In base64. */
  attachments?: { filename: string; content: string; content_type: string }[]
}

/** As the Cloud API gets it. */
export interface ReceivedTemplate {
  id: string
  to: string
  template: {
    name: string
    language: { code: string }
    components: { type: string; index?: string; parameters: { text: string }[] }[]
  }
}

/** As Twilio's API gets it. */
export interface ReceivedSms {
  sid: string
  from: string
  to: string
  text: string
  statusCallback: string
}
