import { Hono } from 'hono'

/** The smallest possible page of Hono. */
export default new Hono().get('/', (c) => c.html('<!doctype html><title>Hello</title><h1>Hello</h1>'))
