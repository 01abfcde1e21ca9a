import { Hono } from 'hono'

/** The least that a page of Hono's can be. */
export default new Hono().get('/', (c) => c.html('<!doctype html><title>Hello</title><h1>Hello</h1>'))
