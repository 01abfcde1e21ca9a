import { WorkerEntrypoint } from 'cloudflare:workers'

/** What a rate limiting binding answers to whoever is within the limit. */
export default class extends WorkerEntrypoint {
  limit() {
    return { success: true }
  }
}
