import * as z from 'zod'
import { securityEvent } from '../access-answers.ts'
import { securityEventsSearch } from '../security-events.ts'
import { securityEventExample } from './examples.ts'
import type { Section } from './operation.ts'

export const securityLog: Section = {
  name: 'Security log',
  description: 'Who signed in, who was refused, and whose rights changed.',
  operations: {
    'GET /security-events': {
      operationId: 'listSecurityEvents',
      summary: 'List security events, newest first',
      description:
        'Events are kept for a year, and those about signing in for 90 days. They contain no names and no email addresses.',
      right: 'see security log',
      query: securityEventsSearch,
      fields: {
        account_id: 'Only events about this account',
        kind: 'Only events of this kind',
        from: 'Only events at or after this time',
        to: 'Only events before this time',
        limit: 'Maximum number of results per page',
      },
      answer: {
        status: 200,
        summary: 'A page of security events',
        body: z.object({ security_events: z.array(securityEvent) }),
        headers: ['Link'],
        example: { security_events: [securityEventExample] },
      },
    },
  },
}
