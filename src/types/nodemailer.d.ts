/** What is used of it. Its own types bring all of Node's. */
declare module 'nodemailer/lib/smtp-connection' {
  type Done = (error?: Error | null) => void
  export default class SMTPConnection {
    constructor(options: {
      host: string
      port: number
      connection: import('node:net').Socket
      secure: boolean
      secured: boolean
      requireTLS: boolean
      name: string
      connectionTimeout: number
      greetingTimeout: number
      socketTimeout: number
    })
    on(event: 'error', listener: (error: Error) => void): void
    connect(done: Done): void
    login(credentials: { user: string; pass: string }, done: Done): void
    send(envelope: { from: string; to: string }, message: string, done: Done): void
    quit(): void
    close(): void
  }
}

declare module 'node:net' {
  export interface Socket {
    destroy(): void
  }
  export function connect(options: { host: string; port: number }): Socket
}

declare module 'node:tls' {
  export function connect(options: {
    host: string
    port: number
    servername: string
  }): import('node:net').Socket
}
